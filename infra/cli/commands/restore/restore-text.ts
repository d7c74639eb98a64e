import { type Restore, restorePerMinute } from '../../../../shared/domain/restore/restore.ts';
import type { StoreId } from '../../../../shared/domain/store.ts';
import { toIso } from '../../../../shared/domain/time.ts';
import { progressBar } from '../../text/lifecycle/progress-bar.ts';
import { counted } from '../../text/moments.ts';
import type { Paint } from '../../text/paint.ts';

/** A store with its restore, as far as it has come. */
export type StoreRestore = Readonly<{ store: StoreId; restore: Restore }>;

const replayed = ({ erasures, suppressions, withdrawals }: Restore['done']): number =>
  erasures + suppressions + withdrawals;

/** A line that takes the place of the one before. */
export const restoreStatus = (all: readonly StoreRestore[]): string => {
  const open = all.filter(({ restore }) => restore.finishedAt === undefined);
  const [first] = open;
  if (first === undefined) return '';
  const { step, done, total = 0 } = first.restore;
  if (step === 'log') return progressBar(replayed(done), total, `facts of ${first.store} put back`);
  return step === 'sends'
    ? `  ${first.store}: ${counted(done.sends, 'unsent mail')} closed so far`
    : `  ${first.store}: making sure that everybody who was erased is`;
};

const finished = ({ store, restore: { done, left, restoredAt } }: StoreRestore, paint: Paint): readonly string[] => [
  left === undefined
    ? `${paint.green('✓')} ${store}: nothing that happened up to ${toIso(restoredAt)} mails anybody any more`
    : `${paint.red('!')} ${store}: ${counted(left, 'person', 'people')} could not be erased again: see the alarms of react, then run restore again`,
  `  ${counted(done.erasures, 'erasure')}, ${counted(done.suppressions, 'suppressed address', 'suppressed addresses')} and ${counted(done.withdrawals, 'opt-out')} put back`,
  `  ${counted(done.sends, 'unsent mail')} closed as restored`,
];

const underWay = ({ store, restore }: StoreRestore, paint: Paint): readonly string[] => [
  `${paint.yellow('…')} ${store}: ${counted(replayed(restore.done), 'fact')} of ${restore.total?.toLocaleString('en-GB') ?? 'all'} put back, ${counted(restore.done.sends, 'unsent mail')} closed, up to ${restorePerMinute.toLocaleString('en-GB')} a minute`,
  '  It goes on by itself. See it come on: restore --status',
];

/** What was done, and which command comes next. */
export const restoreText = (all: readonly StoreRestore[], paint: Paint): readonly string[] => {
  const lines = all.flatMap((one) =>
    one.restore.finishedAt === undefined ? underWay(one, paint) : finished(one, paint),
  );
  const isDone = all.every(({ restore }) => restore.finishedAt !== undefined && restore.left === undefined);
  if (all.length === 0) return ['  no table was restored here so far'];
  return isDone
    ? [
        ...lines,
        '',
        'Next: have the shop send the orders since the copy again (or import them), then reconcile.',
        'Mail stays stopped until: npm run perennial -- resume --all',
      ]
    : lines;
};
