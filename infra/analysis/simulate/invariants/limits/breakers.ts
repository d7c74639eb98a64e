import { breakerKey } from '../../../../../shared/adapters/dynamodb/keys.ts';
import { type Breaker, probes } from '../../../../../shared/domain/pace/breaker.ts';
import { toIso } from '../../../../../shared/domain/time.ts';
import { wholeAccount } from '../../../../../shared/ports/breakers.ts';
import type { Finished } from '../../run-scenario.ts';
import { behindMs, type Reservation, reservationsIn } from './reservations.ts';

/** While a breaker is open no marketing leaves, and half-open each mail takes one of its probes first. */
export const breakers = (run: Finished): readonly string[] => {
  const reservations = reservationsIn(run);
  return [run.scenario.store.id, wholeAccount].flatMap((scope) =>
    spans(run, scope).flatMap((span) => faultsIn(span, reservations)),
  );
};

type Span = Readonly<{ breaker: Breaker; from: Readonly<{ at: number; seq: number }>; to: number }>;

/** Each state of a breaker, from its write to the next; the writes of single probes belong together. */
const spans = ({ table }: Finished, scope: string): readonly Span[] => {
  const { pk } = breakerKey(scope);
  const writes = table.commits.flatMap(({ at, seq, after }) =>
    after.entity === 'BREAKER' && after.key.pk === pk ? [{ at, seq, breaker: after.value }] : [],
  );
  const first = writes.filter(({ breaker }, n) => breaker.since !== writes[n - 1]?.breaker.since);
  return first.map(({ at, seq }, n) => {
    const to = first[n + 1]?.seq ?? Number.POSITIVE_INFINITY;
    const last = writes.findLast((write) => write.seq < to) ?? { breaker: { state: 'closed' } };
    return { breaker: last.breaker as Breaker, from: { at, seq }, to };
  });
};

const faultsIn = ({ breaker, from, to }: Span, reservations: readonly Reservation[]): readonly string[] => {
  const within = reservations.filter(({ seq }) => seq > from.seq && seq < to);
  if (breaker.state === 'open')
    return within
      .filter(({ at }) => at - from.at > behindMs)
      .map(
        ({ send, at }) => `${send.campaign} was reserved at ${toIso(at)}, a breaker being open since ${toIso(from.at)}`,
      );
  const taken = probes - (breaker.probesLeft ?? 0);
  return breaker.state === 'half-open' && within.length > taken
    ? [`${within.length} mails were reserved on ${taken} probes of a half-open breaker`]
    : [];
};
