import type { Mutant } from '../../../infra/analysis/simulate/run-scenario.ts';
import type { Item } from '../../../infra/analysis/simulate/scenario/scenario.ts';
import { useCases } from '../../../infra/analysis/simulate/system/functions.ts';
import type { Ports } from '../../../infra/analysis/simulate/system/ports.ts';

/** Programs with one rule left out, and the promise each breaks. */
export type Forgetful = Readonly<{
  forgets: string;
  breaks: string;
  mutant: Mutant;
  /** Played in shops to which this happens. */
  where?: Item['type'];
}>;

export const breaking = (change: (ports: Ports) => Partial<Ports>): Mutant => ({
  ports: (ports) => ({ ...ports, ...change(ports) }),
});

export type SendDeps = Parameters<typeof useCases.sendToCustomer>[0];

export const sending = (change: (deps: SendDeps) => SendDeps): Mutant => ({
  useCases: { sendToCustomer: (deps, ...asked) => useCases.sendToCustomer(change(deps), ...asked) },
});
