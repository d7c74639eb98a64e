import { describe, expect, it } from 'vitest';
import { pacer } from '../../../functions/send/gate/pacer.ts';
import { memoryTable } from '../../../shared/adapters/memory/memory-table.ts';
import { memoryPaces } from '../../../shared/adapters/memory/store/memory-paces.ts';
import { newPace } from '../../../shared/domain/pace/pace.ts';
import { seconds } from '../../../shared/domain/time.ts';
import { start } from '../../support/customers.ts';

const mail = { class: 'marketing', priority: 50 } as const;
const quota = { read: async () => ({ perSecond: 1, perDay: 9_999, sentLastDay: 0, readAt: start }) };

describe('a batch of mails', () => {
  const batch = (paces = memoryPaces(memoryTable())) => {
    const sleeps: number[] = [];
    const { token } = pacer(paces, quota, async (ms) => void sleeps.push(ms));
    return { paces, token, slept: () => sleeps.reduce((sum, ms) => sum + ms, 0) };
  };

  it('waits for each turn once: what one mail slept has passed for the next', async () => {
    const { token, slept } = batch();
    for (let n = 0; n < 10; n++) expect(await token(mail, start)).toBeUndefined();
    expect(slept()).toBe(seconds(9));
  });

  it('waits twenty seconds in all, and takes no token beyond them', async () => {
    const { paces, token, slept } = batch();
    const untils: (number | undefined)[] = [];
    for (let n = 0; n < 30; n++) untils.push(await token(mail, start));
    expect(slept()).toBe(seconds(20));
    expect(untils.filter((until) => until === undefined)).toHaveLength(21);
    for (const until of untils.slice(21)) expect(until).toBeGreaterThan(start + seconds(20));
    expect((await paces.load()).freeAt).toBe(start + seconds(21));
  });

  it('begins at its own instant, whatever the one before slept', async () => {
    const { token, slept } = batch();
    await token(mail, start);
    await token(mail, start);
    expect(slept()).toBe(seconds(1));
    expect(await token(mail, start + seconds(10))).toBeUndefined();
    expect(slept()).toBe(seconds(1));
  });

  it('comes back when others have booked the next ten seconds', async () => {
    const { paces, token } = batch();
    await paces.save({ ...newPace, version: 1, freeAt: start + seconds(11) });
    expect(await token(mail, start)).toBeGreaterThanOrEqual(start + seconds(11));
  });
});
