import { expect, it } from 'vitest';
import { priorFit } from '../../shared/domain/fit/fit.ts';
import { ecommerce } from '../../shared/domain/lifecycle/ecommerce.ts';
import { minutes, seconds } from '../../shared/domain/time.ts';
import type { DefinitionStore } from '../../shared/ports/definition-store.ts';
import { sampleNow } from '../support/samples.ts';
import { shop } from '../support/world.ts';

const second = { ...ecommerce, version: 2, name: 'two-stages', stages: ecommerce.stages.slice(-2) };
const fitted = { ...priorFit('normal'), version: 1, cycle: { days: 33.5, weight: 2.25 } };
const madeAt = sampleNow;

/** Every definition store keeps these rules. */
export const definitionStoreContract = (open: () => Promise<DefinitionStore>): void => {
  const withVersions = async () => {
    const definitions = await open();
    await definitions.saveLifecycle('demo', { lifecycle: second, savedAt: madeAt });
    await definitions.saveFit('demo', { fit: fitted, madeAt, customers: 12, flags: ['few-repeats'] });
    return definitions;
  };

  it('decides under the default lifecycle and the prior before anything is adopted', async () => {
    const definitions = await open();
    expect(await definitions.adoption('demo')).toBeUndefined();
    const { lifecycle, fit } = await definitions.adopted({ ...shop, rhythm: 'slow' }, sampleNow);
    expect(lifecycle).toEqual(ecommerce);
    expect(fit).toEqual(priorFit('slow'));
  });

  it('gives back every version as it was saved, newest first, and saves each once', async () => {
    const definitions = await withVersions();
    expect(await definitions.saveLifecycle('demo', { lifecycle: second, savedAt: 1 })).toEqual({ type: 'stale' });
    expect(await definitions.saveFit('demo', { fit: fitted, madeAt: 1, customers: 1, flags: [] })).toEqual({
      type: 'stale',
    });
    await definitions.saveLifecycle('demo', { lifecycle: { ...second, version: 10 }, savedAt: madeAt + 1 });
    expect((await definitions.lifecycles('demo')).map(({ lifecycle }) => lifecycle.version)).toEqual([10, 2]);
    expect(await definitions.fits('demo')).toEqual([{ fit: fitted, madeAt, customers: 12, flags: ['few-repeats'] }]);
    expect(await definitions.newestFit('other')).toBeUndefined();
    await definitions.saveFit('demo', { fit: { ...fitted, version: 12 }, madeAt, customers: 1, flags: [] });
    expect((await definitions.newestFit('demo'))?.fit.version).toBe(12);
    expect(await definitions.versions(shop, { lifecycle: 2, fit: 1 })).toEqual({ lifecycle: second, fit: fitted });
    expect(await definitions.versions(shop, { lifecycle: 3, fit: 0 })).toBeUndefined();
  });

  it('adopts one after the other: who names an old state is told so', async () => {
    const definitions = await withVersions();
    const first = { version: 1, lifecycle: 2, fit: 0, at: sampleNow };
    expect(await definitions.adopt('demo', first)).toEqual({ type: 'saved' });
    expect(await definitions.adopt('demo', { ...first, fit: 1 })).toEqual({ type: 'stale' });
    expect(await definitions.adopt('demo', { ...first, version: 2, fit: 1 })).toEqual({ type: 'saved' });
    expect(await definitions.adoption('demo')).toEqual({ ...first, version: 2, fit: 1 });
  });

  it('remembers what was adopted when; a proposal changes the present entry and adds none', async () => {
    const definitions = await withVersions();
    expect(await definitions.adoptions('demo')).toEqual([]);
    const first = { version: 1, lifecycle: 2, fit: 0, at: sampleNow };
    const proposed = { ...first, version: 2, proposedFit: 1 };
    const later = { version: 3, lifecycle: 2, fit: 1, at: sampleNow + minutes(1) };
    for (const adoption of [first, proposed, later]) await definitions.adopt('demo', adoption);
    expect(await definitions.adopt('demo', { ...later, at: later.at + 1 })).toEqual({ type: 'stale' });
    expect(await definitions.adoptions('demo')).toEqual([proposed, later]);
  });

  it('keeps what is adopted for a minute, but never older than what a customer was decided under', async () => {
    const definitions = await withVersions();
    expect((await definitions.adopted(shop, sampleNow)).fit.version).toBe(0);
    await definitions.adopt('demo', { version: 1, lifecycle: 2, fit: 1, at: sampleNow });
    const soon = sampleNow + seconds(10);
    expect((await definitions.adopted(shop, soon)).fit.version).toBe(0);
    expect((await definitions.adopted(shop, soon, { lifecycle: 2, fit: 1 })).fit.version).toBe(1);
    expect((await definitions.adopted(shop, sampleNow + minutes(2))).lifecycle.version).toBe(2);
  });

  it('gives one object for each version, so that what is resolved from it is resolved once', async () => {
    const definitions = await withVersions();
    await definitions.adopt('demo', { version: 1, lifecycle: 2, fit: 1, at: sampleNow });
    const [a, b] = [
      await definitions.adopted(shop, sampleNow),
      await definitions.adopted(shop, sampleNow + minutes(5)),
    ];
    expect(a.fit).toBe(b.fit);
    expect(a.lifecycle).toBe(b.lifecycle);
  });

  it('says so when an adopted version is not there', async () => {
    const definitions = await open();
    await definitions.adopt('demo', { version: 1, lifecycle: 7, fit: 0, at: sampleNow });
    await expect(definitions.adopted(shop, sampleNow)).rejects.toMatchObject({ code: 'definition.missing' });
  });
};
