import { ecommerce } from '../../../shared/domain/lifecycle/ecommerce.ts';
import type { Lifecycle } from '../../../shared/domain/lifecycle/lifecycle.ts';

export type LifecycleOutcome = Readonly<{ type: 'found'; lifecycle: Lifecycle } | { type: 'refused'; message: string }>;

/** The lifecycle `--lifecycle` asks for. */
export const lifecycleOption = (text: string): LifecycleOutcome =>
  text === ecommerce.name
    ? { type: 'found', lifecycle: ecommerce }
    : { type: 'refused', message: `cannot backtest: '--lifecycle' must be ${ecommerce.name}, got ${text}` };
