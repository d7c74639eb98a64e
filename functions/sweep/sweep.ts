import type { EpochMs } from '../../shared/domain/time.ts';
import { type DueEntry, type DueKind, type DuePage, dueKinds } from '../../shared/ports/due-index.ts';
import type { DuePageCall } from '../../shared/ports/due-pages.ts';
import { nextAfter, pageSize, type SweepDeps, type TurnEnd, takeTurn, turnMs } from './turn.ts';

/**
 * What a tick found: pages behind which more is due, each waiting for a worker; the first instant at which something else
 * will be due; and what went wrong, which stopped nothing else.
 */
export type Swept = Readonly<{ full: readonly DuePageCall[]; nextDueAt?: EpochMs; faults: readonly unknown[] }>;

/** Asked only when mails are due: while all mail is stopped they would be handed over for nothing, minute by minute. */
export type MailStopped = () => Promise<boolean>;

/** The oldest entries of one kind and shard, as they were when the tick looked. */
type Head = Readonly<{ page: DuePage; entries: readonly DueEntry[] }>;

/**
 * Hands over the oldest page of every kind and shard: all are looked at together, then handed over one kind after the other,
 * so that none waits behind a later one, and one page of each, so that each has its share. An entry leaves the index by the
 * write that handles it, never here: what is lost on the way is found again by a later tick.
 */
export const sweep = async (
  deps: SweepDeps,
  now: EpochMs,
  mailStopped: MailStopped = async () => false,
): Promise<Swept & Readonly<{ isStopped?: true }>> => {
  const heads = new Map(dueKinds.map((kind) => [kind, headsOf(deps, kind)]));
  const swept: Swept[] = [];
  let isStopped = false;
  for (const kind of dueKinds) {
    const found = (await heads.get(kind)) ?? [];
    if (kind === 'send' && found.some((head) => isDue(head, now))) {
      const said = await askedFor(mailStopped);
      isStopped = said.isStopped;
      swept.push(said);
    }
    if (kind !== 'send' || !isStopped) swept.push(...(await sweepKind(deps, found, now)));
  }
  const next = Math.min(...swept.map(({ nextDueAt }) => nextDueAt ?? Number.POSITIVE_INFINITY));
  return {
    full: swept.flatMap(({ full }) => full),
    faults: swept.flatMap(({ faults }) => faults),
    ...(Number.isFinite(next) && { nextDueAt: next }),
    ...(isStopped && { isStopped }),
  };
};

/** Without an answer no mail is handed over, and everything else goes on. */
const askedFor = async (mailStopped: MailStopped): Promise<Swept & Readonly<{ isStopped: boolean }>> => {
  try {
    return { full: [], faults: [], isStopped: await mailStopped() };
  } catch (fault) {
    return { full: [], faults: [fault], isStopped: true };
  }
};

const isDue = (head: PromiseSettledResult<Head>, now: EpochMs): boolean =>
  head.status === 'fulfilled' && (head.value.entries[0]?.dueAt ?? Number.POSITIVE_INFINITY) <= now;

/** A look is half a read unit. */
const headsOf = ({ due }: SweepDeps, kind: DueKind): Promise<readonly PromiseSettledResult<Head>[]> =>
  Promise.allSettled(
    Array.from({ length: due.shards }, async (_, shard) => ({
      page: { kind, shard },
      entries: await due.oldest(kind, shard, pageSize),
    })),
  );

const sweepKind = async (
  deps: SweepDeps,
  heads: readonly PromiseSettledResult<Head>[],
  now: EpochMs,
): Promise<readonly Swept[]> => {
  const outcomes = await Promise.allSettled(
    heads.map((head) => (head.status === 'fulfilled' ? sweepPage(deps, head.value, now) : Promise.reject(head.reason))),
  );
  return outcomes.map((outcome) =>
    outcome.status === 'fulfilled' ? outcome.value : { full: [], faults: [outcome.reason] },
  );
};

/** The lease is taken only when something is due. */
const sweepPage = async (deps: SweepDeps, { page, entries }: Head, now: EpochMs): Promise<Swept> => {
  const seen = nextAfter(entries, now);
  if (entries[0] === undefined || entries[0].dueAt > now) return { full: [], faults: [], ...seen };
  const end = await takeTurn(deps, page, { now, pages: 1, hasTime: () => true, head: entries });
  return { ...seen, ...sweptBy(page, end, now) };
};

/** What somebody else holds is due all the same: the local run must not sleep past it. */
const sweptBy = (page: DuePage, end: TurnEnd, now: EpochMs): Swept => ({
  full: end.type === 'more' ? [{ ...page, lease: end.lease }] : [],
  faults: end.faults,
  ...(end.type === 'through' && end.nextDueAt !== undefined && { nextDueAt: end.nextDueAt }),
  ...(end.type === 'held' && { nextDueAt: now + turnMs }),
});
