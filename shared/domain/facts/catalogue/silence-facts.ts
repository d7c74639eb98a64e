import { curveFor } from '../../fit/fit.ts';
import { silenceOf } from '../../fit/silence/silence-curve.ts';
import { type DurationMs, days, type EpochMs } from '../../time.ts';
import type { Facts, Gap } from '../fact.ts';
import type { Subject } from '../subject.ts';

const presentGap = ({ history }: Subject, at: EpochMs): Gap | undefined =>
  history.lastAt === undefined ? undefined : { ms: Math.max(0, at - history.lastAt), orders: history.orders };

/** The silence the last order ended, judged among those who had one order fewer. */
const endedGap = ({ history: { lastAt, previousAt, orders } }: Subject): Gap | undefined =>
  lastAt === undefined || previousAt === undefined ? undefined : { ms: lastAt - previousAt, orders: orders - 1 };

const shareOf = ({ fit }: Subject, gap: Gap | undefined): number | undefined =>
  gap === undefined ? undefined : silenceOf(curveFor(fit, gap.orders), gap.ms);

/** The customer's own purchase cycle, pulled towards the store's where the customer has few gaps. */
export const cycleMs = ({ history, fit }: Subject): DurationMs => {
  const gaps = Math.max(0, history.orders - 1);
  const span = gaps === 0 ? 0 : (history.lastAt ?? 0) - (history.firstAt ?? 0);
  return (span + fit.cycle.weight * days(fit.cycle.days)) / (gaps + fit.cycle.weight);
};

const since = (unitMs: (subject: Subject) => DurationMs) => ({
  moves: 'age' as const,
  anchor: ({ history }: Subject) => history.lastAt,
  unitMs,
  value: (s: Subject, at: EpochMs) =>
    s.history.lastAt === undefined ? undefined : Math.max(0, at - s.history.lastAt) / unitMs(s),
});

/** How long it is quiet, and how unusual that is. */
export const silenceFacts: Facts = {
  silence: {
    type: 'share',
    about: 'of comparable customers who come back within the horizon, the share back by now',
    moves: 'silence',
    gap: presentGap,
    value: (s, at) => shareOf(s, presentGap(s, at)),
  },
  'silence.days': { type: 'days', about: 'days since the last order', ...since(() => days(1)) },
  'silence.cycles': { type: 'number', about: "the silence in the customer's own purchase cycles", ...since(cycleMs) },
  'lastOrder.endedSilence': {
    type: 'share',
    about: '`silence` as it stood when the last order came',
    moves: 'ended-silence',
    gap: endedGap,
    value: (s) => shareOf(s, endedGap(s)),
  },
};
