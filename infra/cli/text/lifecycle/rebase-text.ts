import type { RebaseView } from '../../system/rebase-progress.ts';
import { counted } from '../moments.ts';
import type { Paint } from '../paint.ts';

const number = (n: number): string => n.toLocaleString('en-GB');

const underWay = ({ round, done, customers, perMinute }: RebaseView): string =>
  round === 1
    ? `${number(done)} of about ${counted(customers, 'customer')} looked at again, up to ${number(perMinute)} a minute`
    : `all ${counted(customers, 'customer')} looked at again; making sure of the last`;

/** How far a rebase has come, in a sentence. */
export const rebaseText = (rebase: RebaseView | undefined, paint: Paint): string => {
  if (rebase === undefined) return '  nobody had to be looked at again so far';
  const under = `lifecycle v${rebase.lifecycle}, fit v${rebase.fit}`;
  if (rebase.finishedAt === undefined) return `${paint.yellow('…')} ${underWay(rebase)} (${under})`;
  if (rebase.left === undefined)
    return `${paint.green('✓')} all ${counted(rebase.customers, 'customer')} decided under ${under}`;
  return `${paint.red('!')} ${counted(rebase.left, 'customer')} of ${number(rebase.customers)} could not be decided under ${under}: see the alarms of react`;
};
