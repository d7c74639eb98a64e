import type { Intake } from '../../../../shared/domain/intake/intake.ts';
import { hours, minutes, seconds } from '../../../../shared/domain/time.ts';
import { type Invocation, invoke, type Machine } from '../engine/invocation.ts';
import type { UseCases } from './functions.ts';
import type { Reach } from './reach.ts';

/** Who calls from outside, and does so again until they are answered. */
export const makeCallers = (machine: Machine, does: UseCases, reach: Reach) => {
  const { timeline } = machine;
  const store = (intake: Intake) => (invocation: Invocation) => {
    const deps = reach(invocation);
    return does.storeIntake({ ...deps, stores: deps.catalogue }, intake);
  };
  /** A platform repeats a webhook that failed, eight times over some hours; then it is lost, and was never accepted. */
  const webhook = (intake: Intake, attempt = 1): void =>
    invoke(machine, 'ingest', seconds(10), store(intake), ({ type }) => {
      if (type === 'failed' && attempt < 9)
        timeline.at(timeline.now() + minutes(5 * attempt), () => webhook(intake, attempt + 1));
    });
  /** A mailbox provider posts the link of a mail until it is told that it worked. */
  const unsubscribe = (token: string, attempt = 1): void => {
    const work = (invocation: Invocation) =>
      does.unsubscribe(reach(invocation), { method: 'POST', token }, invocation.now);
    invoke(machine, 'unsubscribe', seconds(10), work, (ended) => {
      const isDone = ended.type === 'answered' && ended.value === 'done';
      if (!isDone && attempt < 6) timeline.at(timeline.now() + hours(attempt), () => unsubscribe(token, attempt + 1));
    });
  };
  return { webhook, unsubscribe };
};
