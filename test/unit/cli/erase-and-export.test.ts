import { describe, expect, it } from 'vitest';
import { cliScene } from './cli-scene.ts';

const ordered = async (options: Parameters<typeof cliScene>[0] = {}) => {
  const scene = await cliScene(options);
  const told = (await scene.run('order --as bo@example.com --total 59 --first-name Bo --json')).json();
  const customer: string = told.customer;
  return { scene, customer };
};

describe('erase', () => {
  it('is done when the system says that they are gone', async () => {
    const { scene, customer } = await ordered();
    const { code, out } = await scene.run('erase bo@example.com --yes');
    expect([code, out]).toEqual([0, expect.stringContaining(`erased: ${customer}`)]);
    expect((await scene.run(`explain ${customer}`)).code).not.toBe(0);
    const rows = JSON.stringify([...scene.system.table.rows()]);
    expect(rows).not.toContain('bo@example.com');
  });

  it('asks first, and erases nobody for another word than erase', async () => {
    for (const [answer, code] of [
      ['yes', 1],
      ['erase', 0],
    ] as const) {
      const { scene } = await ordered({ answer });
      expect((await scene.run('erase bo@example.com')).code).toBe(code);
      expect((await scene.run('explain bo@example.com')).code === 0).toBe(code !== 0);
    }
  });

  it('says so when nobody is known by that name', async () => {
    const { code, complaints } = await (await cliScene()).run('erase nobody@example.com --yes');
    expect([code, complaints]).toEqual([1, expect.stringContaining('knows no customer')]);
  });
});

describe('export', () => {
  it('prints what is kept about a person as JSON, for people as for machines', async () => {
    const { scene, customer } = await ordered();
    const machine = (await scene.run('export bo@example.com --json')).json();
    const { out } = await scene.run('export bo@example.com');
    expect(JSON.parse(out)).toEqual(machine);
    expect(machine.accounts[0].customer).toMatchObject({ customerId: customer, profile: { email: 'bo@example.com' } });
    expect(machine.accounts[0].orders).toHaveLength(1);
  });
});
