import type { Posted } from '../../../../../functions/preferences/choose/choose.ts';
import type { Intake } from '../../../../../shared/domain/intake/intake.ts';
import { hours, minutes, seconds } from '../../../../../shared/domain/time.ts';
import { type Invocation, invoke, type Machine } from '../../engine/invocation.ts';
import type { UseCases } from '../functions.ts';
import type { Reach } from '../reach.ts';

/** Who calls from outside, and does so again until they are answered. */
export const makeCallers = (machine: Machine, does: UseCases, reach: (invocation: Invocation) => Reach) => {
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
  /** Somebody follows a link, and does so again until the page says that it worked. */
  const follow = (page: string, done: readonly string[], visit: (invocation: Invocation) => Promise<string>) => {
    const turn = (attempt: number): void =>
      invoke(machine, page, seconds(10), visit, (ended) => {
        const isDone = ended.type === 'answered' && done.includes(ended.value);
        if (!isDone && attempt < 6) timeline.at(timeline.now() + hours(attempt), () => turn(attempt + 1));
      });
    turn(1);
  };
  return {
    webhook,
    unsubscribe: (token: string): void =>
      follow('unsubscribe', ['done'], (invocation) =>
        does.unsubscribe(reach(invocation), { method: 'POST', token }, invocation.now),
      ),
    confirm: (token: string): void =>
      follow('preferences', ['done', 'late'], (invocation) =>
        does.confirm(reach(invocation), { method: 'POST', token }, invocation.now),
      ),
    choose: (token: string, posted: Posted): void =>
      follow('preferences', ['saved', 'stopped'], async (invocation) => {
        const { type } = await does.choose(reach(invocation), { token, posted }, invocation.now);
        return type;
      }),
  };
};
