import { describe, expect, it } from 'vitest';
import { rebaseWhereOwed } from '../../../functions/definitions/rebase-where-owed.ts';
import { startRebase } from '../../../functions/definitions/start-rebase.ts';
import { takeOver } from '../../../functions/definitions/take-over.ts';
import { fitEveryStore } from '../../../functions/fit/fit-every-store.ts';
import { memoryCounters } from '../../../shared/adapters/memory/memory-counters.ts';
import { memoryStoreList } from '../../../shared/adapters/memory/store/memory-store-list.ts';
import { type Fit, priorFit } from '../../../shared/domain/fit/fit.ts';
import type { SilenceCurve } from '../../../shared/domain/fit/silence/silence-curve.ts';
import { start } from '../../support/customers.ts';
import { makeWorld } from '../../support/world.ts';

const scene = async () => {
  const { deps, store, table } = await makeWorld();
  const adopt = async (version: number, fit: Fit) => {
    await deps.definitions.saveFit('demo', { fit: { ...fit, version }, madeAt: start, customers: 9, flags: [] });
    return takeOver(deps.definitions, 'demo', { fit: version }, start);
  };
  const owed = () => rebaseWhereOwed(deps, store, { now: start, total: async () => 9 });
  return { deps, store, table, adopt, owed };
};
/** Every threshold about so much longer than the prior's. */
const stretched = (share: number): Fit => {
  const [one, few, many] = priorFit('normal').curves;
  const longer = (curve: SilenceCurve): SilenceCurve => ({ ...curve, medianDays: curve.medianDays * share });
  return { ...priorFit('normal'), curves: [longer(one), longer(few), longer(many)] };
};

describe('everybody is looked at again', () => {
  it('for a threshold that moved by more than a quarter, once', async () => {
    const { adopt, owed } = await scene();
    expect(await owed()).toBeUndefined();
    await adopt(1, priorFit('fast'));
    expect(await owed()).toMatchObject({ lifecycle: 1, fit: 1, total: 9 });
    expect(await owed()).toBeUndefined();
  });

  it('not for a fit that moves next to nothing', async () => {
    const { adopt, owed } = await scene();
    await adopt(1, priorFit('normal'));
    expect(await owed()).toBeUndefined();
  });

  it('for steps that are small one by one', async () => {
    const { adopt, owed } = await scene();
    await adopt(1, stretched(1.2));
    expect(await owed()).toBeUndefined();
    await adopt(2, stretched(1.44));
    expect(await owed()).toMatchObject({ fit: 2 });
  });

  it('the night after a take-over that was cut short', async () => {
    const { deps, adopt, table } = await scene();
    await adopt(1, priorFit('slow'));
    const night = {
      ...{ ...deps, stores: memoryStoreList(table), counters: memoryCounters(table), log: { error: () => undefined } },
    };
    expect(await fitEveryStore(night, start)).toEqual([]);
    expect(await deps.rebases.load('demo')).toMatchObject({ fit: 1 });
  });

  it('under both of a lifecycle and a fit taken over in one moment, whichever is told last', async () => {
    const { deps } = await scene();
    const begin = (lifecycle: number, fit: number) =>
      startRebase(deps, 'demo', { lifecycle, fit }, { now: start, total: 9 });
    await begin(2, 1);
    expect(await begin(2, 0)).toMatchObject({ lifecycle: 2, fit: 1 });
    expect(await begin(3, 1)).toMatchObject({ lifecycle: 3, fit: 1 });
  });
});
