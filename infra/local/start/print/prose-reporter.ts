import type { Paint } from '../../../cli/text/paint.ts';
import type { System } from '../boot/start-system.ts';
import type { FirstOrder } from '../play/first-order.ts';
import type { Answers } from '../play/perform.ts';
import { liveProgress, quarterlyProgress } from './progress.ts';
import type { Reporter } from './reporter.ts';
import { standingTable, wentOutTable } from './tables.ts';
import { count, counted, medianOf, momentOf, money, stageLabel, tookText } from './words.ts';

const column = 86;
const step = (paint: Paint, text: string, tookMs: number): string =>
  `  ${paint.green('✓')} ${text.padEnd(column)} ${paint.dim(tookText(tookMs).padStart(8))}\n`;

const firstOrderText = ({ order, stage, planned }: FirstOrder, { store }: System): string => {
  const who = order.who === undefined ? '' : `, ${order.who}`;
  const sold = `order ${order.label}${who}, ${money(order.amount, order.currency)}`;
  if (stage === undefined) return `${sold}  →  revenue, of no customer`;
  const plan =
    planned === undefined ? '' : `  →  ${planned.campaign} is planned for ${momentOf(planned.at, store.timeZone)}`;
  return `${sold}  →  ${stageLabel(stage)}${plan}`;
};

const webhookLines = ({ webhooks, accepted, ignored, failed, restMs }: Answers, paint: Paint): readonly string[] => {
  const ignoredText = [...ignored].map(([reason, n]) => `${count(n)} ${reason}`).join(', ');
  const line = `  ${counted(webhooks, 'signed webhook')}: ${count(accepted)} accepted${ignoredText === '' ? '' : `, ignored ${ignoredText}`}`;
  const median = medianOf(restMs);
  const rest =
    median === undefined
      ? []
      : [
          `  from a webhook to rest, everything it set off done: ${tookText(median)} (median of ${count(restMs.length)})`,
        ];
  return [line, ...rest, ...[...failed].map(([what, n]) => paint.red(`  ${what}: ${count(n)}`))];
};

/** For people: a line a step, a live bar, and tables at the end. */
export const proseReporter = (write: (text: string) => void, paint: Paint, isTerminal: boolean): Reporter => {
  const lines = (texts: readonly string[]): void => write(`${texts.join('\n')}\n`);
  return {
    opening: (text) => write(`\n  ${paint.bold('Perennial')} · ${text}\n\n`),
    note: (text) => lines(text.split('\n').map((line) => paint.dim(`    ${line}`))),
    trouble: (text) => lines([paint.red(`  ! ${text}`)]),
    stackReady: ({ functions, tables, queues }, tookMs) => {
      const size = `${counted(functions, 'function')}, ${counted(tables, 'table')}, ${counted(queues, 'queue')}`;
      write(step(paint, `the stack you will deploy: ${size}`, tookMs));
    },
    ready: ({ stack }) => lines([`    inbox ${paint.bold(stack.inbox)}   api ${paint.bold(stack.api)}`]),
    firstOrder: (first, system) => {
      write(step(paint, firstOrderText(first, system), first.tookMs));
      lines([`    watch the inbox fill:  ${paint.bold(system.stack.inbox)}`, '']);
    },
    progress: (span) => {
      if (!isTerminal) return quarterlyProgress(span, write);
      const live = liveProgress(span, write, 120);
      return { show: (progress) => live.show(progress, performance.now()), finish: live.finish };
    },
    story: ({ story, answers, store, tookMs }) =>
      lines([
        ...webhookLines(answers, paint),
        `  ${counted(story.orders, 'order')} of ${counted(story.customers, 'customer')} in ${tookText(tookMs)}`,
        ...standingTable(story.standing, store.currency, paint),
        ...wentOutTable(story, paint),
        ...story.troubles.map((trouble) => paint.red(`  ! ${trouble}`)),
      ]),
    invitation: (texts) => lines(['', paint.bold('  NOW YOU'), ...texts.map((text) => `  ${text}`)]),
  };
};
