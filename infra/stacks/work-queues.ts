import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Alarms } from '../constructs/alarms.ts';
import { WorkQueue } from '../constructs/work-queue.ts';

export type WorkQueues = Readonly<Record<'enrol' | 'send' | 'feedback' | 'reactRetry' | 'sweep', WorkQueue>>;

/** Timeouts of what works off a queue: a queue hides its messages for six of them. */
export const workTimeout = {
  react: Duration.seconds(60),
  enrol: Duration.seconds(60),
  send: Duration.seconds(60),
  feedback: Duration.seconds(30),
  /** A full page is drained for up to 50 s. */
  sweep: Duration.seconds(60),
} as const;

export const makeWorkQueues = (scope: Construct, alarms: Alarms): WorkQueues => {
  const queue = (id: string, name: string, timeout: Duration, errorImpact: string) =>
    new WorkQueue(scope, id, { name, workTimeout: timeout, alarms, errorImpact });
  const send = queue(
    'SendQueue',
    'send',
    workTimeout.send,
    "Some customers' mails failed five times; the due index offers them again, so they are late rather than lost.",
  );
  alarms.add('send-queue-old', {
    metric: send.queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(5), statistic: 'Maximum' }),
    threshold: Duration.minutes(15).toSeconds(),
    errorImpact: 'Mails leave later than planned; past their not-after time they are not sent at all.',
  });
  return {
    send,
    enrol: queue(
      'EnrolQueue',
      'enrol',
      workTimeout.enrol,
      'Some customers were not enrolled after a stage change or consent: their campaign does not start.',
    ),
    feedback: queue(
      'FeedbackQueue',
      'feedback',
      workTimeout.feedback,
      'SES events were not taken in: an address that bounced or complained may be mailed again, a click is not counted.',
    ),
    reactRetry: queue(
      'ReactRetryQueue',
      'react-retry',
      workTimeout.react,
      'Some customers stand in the wrong stage until their next order: react failed for them again and again.',
    ),
    sweep: queue(
      'SweepQueue',
      'sweep',
      workTimeout.sweep,
      'A page of due work failed five times; it is still in the due index, but it will fail there again.',
    ),
  };
};
