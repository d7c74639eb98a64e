import {
  wireClock,
  wireCounters,
  wireCustomerRoll,
  wireCustomerStore,
  wireDefinitions,
  wireLog,
  wireRebasePerMinute,
  wireRebases,
  wireStoreCatalogue,
  wireStoreList,
} from '../wiring.ts';
import { fitEveryStore, type NightDeps } from './fit-every-store.ts';

const clock = wireClock();
const deps: NightDeps = {
  stores: wireStoreList(),
  catalogue: wireStoreCatalogue(),
  counters: wireCounters(),
  definitions: wireDefinitions(),
  roll: wireCustomerRoll(),
  customers: wireCustomerStore(),
  rebases: wireRebases(),
  rebasePerMinute: wireRebasePerMinute(),
  log: wireLog(),
};

/** Each night: the fits that are due. */
export const handler = async (): Promise<void> => {
  const [fault] = await fitEveryStore(deps, clock.now());
  if (fault !== undefined) throw fault;
};
