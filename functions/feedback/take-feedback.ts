import { LifecycleError } from '../../shared/domain/errors.ts';
import { addressHash } from '../../shared/domain/identity/identities.ts';
import { withFeedback } from '../../shared/domain/sends/advance.ts';
import { isHumanClick } from '../../shared/domain/sends/human-click.ts';
import type { Send } from '../../shared/domain/sends/send.ts';
import type { EpochMs } from '../../shared/domain/time.ts';
import type { CustomerStore } from '../../shared/ports/customer-store.ts';
import type { ReactCalls } from '../../shared/ports/react-calls.ts';
import type { Secrets } from '../../shared/ports/secrets.ts';
import type { SendLedger, UpdateOptions } from '../../shared/ports/send-ledger.ts';
import type { SuppressionList } from '../../shared/ports/store-settings.ts';
import { type JudgeDeps, judgeBreakers } from './judge-breakers.ts';
import type { MailEvent } from './mail-event.ts';

export type FeedbackDeps = Readonly<{
  ledger: Pick<SendLedger, 'load' | 'update'>;
  customers: Pick<CustomerStore, 'restrictContact' | 'noteClick'>;
  react: ReactCalls;
  suppressions: Pick<SuppressionList, 'add'>;
  secrets: Pick<Secrets, 'deploymentKey'>;
  /** What judges the circuit breakers; the handler wires it. */
  judges?: JudgeDeps;
}>;

const maxAttempts = 5;

/**
 * Takes in one provider event: first the address is protected, then the ledger learns of it. Both are monotone, so events
 * may come twice, in any order, and before the mail was marked sent.
 */
export const takeFeedback = async (
  deps: FeedbackDeps,
  event: MailEvent,
  now: EpochMs = event.feedback.at,
): Promise<void> => {
  await protect(deps, event);
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    const send = await deps.ledger.load(event.store, event.customer, event.send);
    if (send === undefined) return;
    const next = withFeedback(send, event.feedback);
    const badNews = next && badNewsIn(send, event);
    if (next !== undefined && (await deps.ledger.update(next, badNews && { badNews })).type !== 'saved') continue;
    // Judged for repeated news too: the first telling may have been cut short before it.
    if (event.feedback.type === 'complained' || event.isHardBounce)
      if (deps.judges !== undefined) await judgeBreakers(deps.judges, event.store, now);
    return noteClick(deps, send, event);
  }
  const details = { key: event.send, attempts: maxAttempts };
  throw new LifecycleError(
    'write.contended',
    `cannot take feedback: 'version' must stand still, got ${maxAttempts} conflicts`,
    details,
  );
};

/** What is told for the first time and counts against us: a complaint, or a hard bounce. */
const badNewsIn = (
  { feedback }: Send,
  { feedback: { type, at }, isHardBounce }: MailEvent,
): UpdateOptions['badNews'] => {
  if (type === 'complained') return feedback.complainedAt === undefined ? { type, at } : undefined;
  return type === 'bounced' && isHardBounce && feedback.bouncedAt === undefined ? { type, at } : undefined;
};

/** A person's click is a fact about the customer, so react looks at them; a scanner's is not. */
const noteClick = async ({ customers, react }: FeedbackDeps, send: Send, event: MailEvent): Promise<void> => {
  const { type, at } = event.feedback;
  if (type !== 'clicked' || !isHumanClick(send, at)) return;
  if (await customers.noteClick(event.store, event.customer, at))
    await react.enqueue([{ type: 'customer', store: event.store, customer: event.customer }]);
};

/**
 * A hard bounce or a complaint suppresses the address; a complaint is an opt-out as well. CONTACT comes first: every reservation
 * names its version, so none slips in between; the list is for whoever else has the address.
 */
const protect = async ({ customers, suppressions, secrets }: FeedbackDeps, event: MailEvent): Promise<void> => {
  const { at, type } = event.feedback;
  const by = type === 'complained' ? 'complaint' : type === 'bounced' && event.isHardBounce ? 'bounce' : undefined;
  if (by === undefined) return;
  await customers.restrictContact(event.store, event.customer, {
    suppressedAt: at,
    suppressedBy: by,
    ...(by === 'complaint' ? { optedOutAt: at, complainedAt: at } : {}),
  });
  const key = await secrets.deploymentKey();
  await Promise.all(
    event.addresses.map((address) => suppressions.add(event.store, addressHash(key, event.store, address), { by, at })),
  );
};
