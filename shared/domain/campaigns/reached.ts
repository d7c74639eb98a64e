import type { Send } from '../sends/send.ts';
import type { Enrolment } from './enrolment.ts';

const mayHaveGone: ReadonlySet<Send['state']['status']> = new Set(['sending', 'unknown', 'sent', 'abandoned']);

/**
 * An account's enrolments that reached the person: held out, or with a mail that went or may have gone. What was only planned
 * when the account joined another reached nobody.
 */
export const reached = (enrolments: readonly Enrolment[], sends: readonly Send[]): readonly Enrolment[] =>
  enrolments.filter(
    ({ arm, campaign, occurrence }) =>
      arm === 'held-out' ||
      sends.some(
        (send) => send.campaign === campaign && send.occurrence === occurrence && mayHaveGone.has(send.state.status),
      ),
  );
