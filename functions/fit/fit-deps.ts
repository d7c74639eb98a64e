import type { CustomerRoll } from '../../shared/ports/customer-roll.ts';
import type { DefinitionStore } from '../../shared/ports/definition-store.ts';
import type { RebaseDeps } from '../definitions/start-rebase.ts';
import type { SampleReader } from '../sample/load-sample.ts';

/** What making a fit asks of the world. */
export type FitDeps = RebaseDeps &
  Readonly<{ definitions: DefinitionStore; roll: CustomerRoll; customers: SampleReader }>;
