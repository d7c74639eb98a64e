import type { Rebase } from '../domain/definitions/rebase.ts';
import type { StoreWork } from './store-work.ts';

/** How far looking at everybody again has come. */
export type Rebases = StoreWork<Rebase>;
