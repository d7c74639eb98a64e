import { toIso } from '../../../../shared/domain/time.ts';
import { shareOf } from './progress.ts';
import type { Reporter } from './reporter.ts';
import { medianOf } from './words.ts';

const twentieth = (share: number): number => Math.floor(share * 20);

/** One JSON object a line, each with its `event`. */
export const jsonReporter = (write: (text: string) => void): Reporter => {
  const line = (event: string, content: object): void => write(`${JSON.stringify({ event, ...content })}\n`);
  return {
    opening: (text) => line('opening', { text }),
    note: (text) => line('note', { text }),
    trouble: (text) => line('trouble', { text }),
    stackReady: (size, tookMs) => line('stack', { ...size, tookMs: Math.round(tookMs) }),
    ready: ({ stack, adminToken, store, secrets }) =>
      line('ready', {
        ...{ api: stack.api, inbox: stack.inbox, control: stack.control, adminToken, now: toIso(stack.now()) },
        stores: [{ id: store.id, secrets }],
      }),
    firstOrder: ({ order, tookMs, stage, planned }) =>
      line('first-order', {
        order: order.label,
        tookMs: Math.round(tookMs * 10) / 10,
        ...(stage === undefined ? {} : { stage }),
        ...(planned === undefined ? {} : { planned: { campaign: planned.campaign, at: toIso(planned.at) } }),
      }),
    progress: (span) => {
      let shown = 0;
      const tell: ReturnType<Reporter['progress']>['finish'] = ({ now, mails, answers }) =>
        line('progress', {
          now: toIso(now),
          share: Math.round(shareOf(span, now) * 1_000) / 1_000,
          webhooks: answers.webhooks,
          mails,
        });
      return {
        show: (progress) => {
          const reached = twentieth(shareOf(span, progress.now));
          if (reached > shown) tell(progress);
          shown = Math.max(shown, reached);
        },
        finish: tell,
      };
    },
    story: ({ story, answers, now, tookMs }) =>
      line('story', {
        ...{ customers: story.customers, orders: story.orders },
        stages: Object.fromEntries(story.standing.map(({ stage, people }) => [stage, people])),
        sends: Object.fromEntries(story.campaigns.map(({ campaign, mails }) => [campaign, mails])),
        withheld: Object.fromEntries(story.withheld),
        conversions: story.conversions,
        campaigns: story.campaigns,
        webhooks: {
          sent: answers.webhooks,
          accepted: answers.accepted,
          ignored: Object.fromEntries(answers.ignored),
          failed: Object.fromEntries(answers.failed),
        },
        unsubscribed: answers.optOuts.length,
        promises: story.promises,
        troubles: story.troubles,
        now: toIso(now),
        restMs: { median: Math.round((medianOf(answers.restMs) ?? 0) * 10) / 10, of: answers.restMs.length },
        tookMs: Math.round(tookMs),
      }),
    invitation: () => undefined,
  };
};
