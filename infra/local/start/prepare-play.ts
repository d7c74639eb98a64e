import { days, type EpochMs } from '../../../shared/domain/time.ts';
import type { OrderFileHistory } from '../orders/history.ts';
import { historyScript, madeUpAddress } from '../orders/history-script.ts';
import { readHistoryFile } from '../orders/read-history.ts';
import { instantOf, localTimeAt } from '../orders/zone-time.ts';
import { sampleShop } from '../shop/sample-shop.ts';
import { rewardCodes } from './boot/demo-store.ts';
import type { StartOptions } from './options.ts';
import type { Script } from './play/script.ts';
import { count, counted, dayOf, money } from './print/words.ts';

/** What will be played, and the store it is played to. */
export type Play = Readonly<{
  script?: Script;
  title: string;
  notes: readonly string[];
  currency?: string;
  timeZone?: string;
  /** Somebody worth looking at afterwards. */
  example?: string;
  /** The story ends at the wall clock; a history stays where it ends. */
  endsNow: boolean;
}>;

export type PreparedPlay = Readonly<{ type: 'play'; play: Play } | { type: 'refused'; message: string }>;

const customers = 800;
const shopZone = 'Europe/London';

/** Ten in the morning, two years ago. */
const storyStart = (wallNow: EpochMs): EpochMs => {
  const then = localTimeAt(shopZone, wallNow - days(730));
  return instantOf(shopZone, { ...then, hour: 10, minute: 0, second: 0 });
};

const sample = (seed: number, wallNow: EpochMs): Play => ({
  script: sampleShop({ seed, customers, from: storyStart(wallNow), to: wallNow, codes: Object.values(rewardCodes()) }),
  title: 'sample shop "Harbour & Pine" · two years in a minute or two · nothing leaves this machine',
  notes: [],
  example: 'ada@example.com',
  endsNow: true,
});

const correctionNote = ({ corrections, currency }: OrderFileHistory): string => {
  const sum = corrections.reduce((total, { amountMinor }) => total + amountMinor, 0);
  return `${counted(corrections.length, 'cancellation')} of ${money(sum / 100, currency)} with no earlier order to refund: revenue corrections, not played`;
};

/** Whoever ordered most often. */
const bestCustomer = ({ orders }: OrderFileHistory): string | undefined => {
  const byCustomer = [...Map.groupBy(orders, ({ customerId }) => customerId)].filter(([id]) => id !== undefined);
  const [id, theirs] = byCustomer.sort(([, a], [, b]) => b.length - a.length)[0] ?? [];
  return id === undefined ? undefined : (theirs?.[0]?.email ?? madeUpAddress(id));
};

const notesOf = (history: OrderFileHistory, consent: 'assumed' | 'none'): readonly string[] => [
  `${history.layout}: ${count(history.rows)} rows, ${counted(history.orders.length, 'order')} of ${counted(history.customers, 'customer')}, ${counted(history.refunds.length, 'refund')}`,
  ...(history.ordersWithoutCustomer === 0
    ? []
    : [`${counted(history.ordersWithoutCustomer, 'order')} without a customer: revenue only`]),
  ...(history.corrections.length === 0 ? [] : [correctionNote(history)]),
  ...history.assumptions.map((assumption) => `assumed: ${assumption}`),
  consent === 'assumed'
    ? 'assumed: everybody consented with their first order (--consent none plays it without)'
    : 'assumed: nobody consented, so no mail will go',
];

const recorded = (
  history: OrderFileHistory,
  file: string,
  played: Extract<StartOptions['play'], { type: 'orders' }>,
): Play => {
  const script = historyScript(history, { consent: played.consent });
  const example = bestCustomer(history);
  return {
    script,
    title: `${file} · ${dayOf(script.from, played.zone)} to ${dayOf(script.to, played.zone)} · nothing leaves this machine`,
    notes: notesOf(history, played.consent),
    currency: history.currency,
    timeZone: played.zone,
    ...(example === undefined ? {} : { example }),
    endsNow: false,
  };
};

/** Makes ready what the options ask for. */
export const preparePlay = async ({ play, seed }: StartOptions, wallNow: EpochMs): Promise<PreparedPlay> => {
  if (play.type === 'sample-shop') return { type: 'play', play: sample(seed, wallNow) };
  if (play.type === 'nothing')
    return {
      type: 'play',
      play: { title: 'a store without customers · nothing leaves this machine', notes: [], endsNow: true },
    };
  const read = await readHistoryFile(play.file, { zone: play.zone, map: play.map, currency: 'GBP' });
  return read.type === 'refused' ? read : { type: 'play', play: recorded(read.history, play.file, play) };
};
