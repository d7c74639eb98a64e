import type { Lifecycle } from '../../../shared/domain/lifecycle/lifecycle.ts';
import { presets } from '../../../shared/domain/lifecycle/presets/presets.ts';
import { days, toIso } from '../../../shared/domain/time.ts';
import type { OrderFileHistory } from '../../local/orders/history.ts';
import { readHistoryFile } from '../../local/orders/read-history.ts';
import { demoStore, demoStoreId } from '../../local/start/boot/demo-store.ts';
import { asOfInstant, spanOf } from '../backtest/history-until.ts';
import { peopleOf } from '../backtest/people/people-of.ts';
import { lifecycleOption } from '../lifecycle-option.ts';
import type { EvaluationInput } from './evaluate.ts';
import type { EvaluateOptions } from './options.ts';

export type Prepared = Readonly<
  { type: 'ready'; input: EvaluationInput; history: OrderFileHistory } | { type: 'refused'; message: string }
>;

const refused = (field: string, rule: string, got: string): Prepared => ({
  type: 'refused',
  message: `cannot evaluate: '--${field}' must ${rule}, got ${got}`,
});

const everyPreset = presets.map(({ lifecycle }) => lifecycle);

/** The lifecycles asked for; every preset when none is named. */
const chosen = async (
  text: string | undefined,
): Promise<readonly Lifecycle[] | Readonly<{ type: 'refused'; message: string }>> => {
  if (text === undefined) return everyPreset;
  const found = await lifecycleOption(text, 'evaluate');
  return found.type === 'found' ? [found.lifecycle] : found;
};

/** Reads the file and settles where the known ends. */
export const prepareEvaluation = async (options: EvaluateOptions): Promise<Prepared> => {
  const { file, map, zone, horizonDays } = options;
  const lifecycles = await chosen(options.lifecycle);
  if ('type' in lifecycles) return lifecycles;
  const calibrationEnd = asOfInstant(options.calibrationEnd, zone);
  if (calibrationEnd === undefined)
    return refused('calibration-end', 'be a day like 2011-06-30 or an instant with its offset', options.calibrationEnd);
  const read = await readHistoryFile(file, { zone, map, currency: 'GBP' });
  if (read.type === 'refused') return read;
  const { history } = read;
  const { from, to } = spanOf(history);
  if (calibrationEnd < from || calibrationEnd >= to)
    return refused(
      'calibration-end',
      `lie between the first order, ${toIso(from)}, and what comes last in the file, ${toIso(to)}`,
      options.calibrationEnd,
    );
  const store = demoStore({ createdAt: from, currency: history.currency, timeZone: zone });
  const people = peopleOf(history, demoStoreId);
  return { type: 'ready', history, input: { people, store, lifecycles, calibrationEnd, horizonDays } };
};

/** Days of the horizon that the file does not reach; whoever came back then is not known. */
export const missingDays = (history: OrderFileHistory, { calibrationEnd, horizonDays }: EvaluationInput): number =>
  Math.max(0, Math.floor((calibrationEnd + days(horizonDays) - spanOf(history).to) / days(1)));
