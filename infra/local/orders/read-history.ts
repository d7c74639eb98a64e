import { createReadStream } from 'node:fs';
import { applyCancellations } from './cancellations.ts';
import { cdnowColumns, cdnowRows, looksLikeCdnow } from './cdnow.ts';
import { type ColumnMap, type Columns, findColumns } from './columns.ts';
import { CsvFault, type CsvRow, csvRows, separatorOf } from './csv-rows.ts';
import type { HistoryOrder, OrderFileHistory } from './history.ts';
import { draftCollector, type OrderDraft } from './order-drafts.ts';
import { ruleInWords, totalRuleOf } from './order-totals.ts';
import { readOrder } from './read-order.ts';
import { slashOrderOf } from './time-text.ts';

export type ReadOptions = Readonly<{
  /** Of times without an offset. */
  zone: string;
  map: ColumnMap;
  /** Of money the file gives no currency for. */
  currency: string;
  /** Of articles; a file of lines is mostly these. Default `kept`. */
  names?: 'kept' | 'left-out';
  /** Told now and then how many rows have gone by. */
  watch?: (rows: number) => void;
}>;

export type HistoryOutcome = Readonly<
  { type: 'read'; history: OrderFileHistory } | { type: 'refused'; message: string }
>;

const refuse = (message: string): HistoryOutcome => ({ type: 'refused', message });

/** Reads a file of orders from disk. */
export const readHistoryFile = async (file: string, options: ReadOptions): Promise<HistoryOutcome> => {
  try {
    return await readHistory(createReadStream(file, { encoding: 'utf8', highWaterMark: 1 << 18 }), options);
  } catch (error) {
    if (error instanceof CsvFault) return refuse(error.message);
    if (isMissingFile(error)) return refuse(`cannot read orders: '--orders' must name a file that exists, got ${file}`);
    throw error;
  }
};

const isMissingFile = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EISDIR');

/** Reads orders from text in chunks: the rows go by once, orders stay. */
export const readHistory = async (chunks: AsyncIterable<string>, options: ReadOptions): Promise<HistoryOutcome> => {
  const { head, rest } = await splitHead(chunks);
  if (looksLikeCdnow(head)) return collect(cdnowColumns, cdnowRows(rest), options);
  const { header, rows } = await withoutHeader(csvRows(rest, separatorOf(head)));
  if (header === undefined) return refuse("cannot read orders: 'the file' must have a header line, got nothing");
  const found = findColumns(header.cells, options.map);
  return found.type === 'refused' ? refuse(found.message) : collect(found.columns, rows, options);
};

type Rows = AsyncGenerator<readonly CsvRow[]>;

/** Takes the first record off. */
const withoutHeader = async (batches: Rows): Promise<{ header: CsvRow | undefined; rows: Rows }> => {
  let batch = await batches.next();
  while (batch.done !== true && batch.value.length === 0) batch = await batches.next();
  const [header, ...begun] = batch.done === true ? [] : batch.value;
  const rows = async function* (): Rows {
    yield begun;
    yield* batches;
  };
  return { header, rows: rows() };
};

const collect = async (columns: Columns, rows: Rows, options: ReadOptions): Promise<HistoryOutcome> => {
  const collector = draftCollector(columns, options.names ?? 'kept');
  let seen = 0;
  for await (const batch of rows) {
    for (const row of batch) collector.add(row);
    seen += batch.length;
    options.watch?.(seen);
  }
  const { drafts, rows: count, problems } = collector.finish();
  if (problems.length > 0) return refuse(listOf(problems));
  return build(columns, drafts, count, options);
};

const build = (columns: Columns, drafts: readonly OrderDraft[], rows: number, options: ReadOptions): HistoryOutcome => {
  const placed = drafts.map(({ cells }) => cells.placed_at ?? '');
  const slash = slashOrderOf(placed);
  const total = totalRuleOf(drafts, columns.at.total !== undefined);
  const currency = columns.currency ?? options.currency;
  const rules = { zone: options.zone, total, currency, ...(slash === undefined ? {} : { slash }) };
  const invoices: HistoryOrder[] = [];
  const problems: string[] = [];
  for (const draft of drafts) {
    const outcome = readOrder(draft, rules);
    if (outcome.type === 'order') invoices.push(outcome.order);
    else problems.push(outcome.message);
  }
  if (problems.length > 0) return refuse(listOf(problems));
  if (invoices.length === 0) return refuse("cannot read orders: 'the file' must hold orders, got a header only");
  invoices.sort((a, b) => a.placedAt - b.placedAt);
  const history = summed(columns, invoices, rows);
  const assumptions = [
    ruleInWords[total],
    ...(placed.some(isLocal) ? [`times without an offset are ${options.zone}`] : []),
  ];
  return { type: 'read', history: { ...history, assumptions } };
};

const isLocal = (text: string): boolean => !/([Zz]|UTC|[+-]\d{2}:?\d{2})$/.test(text.trim());

const summed = (
  columns: Columns,
  invoices: readonly HistoryOrder[],
  rows: number,
): Omit<OrderFileHistory, 'assumptions'> => ({
  layout: columns.layout,
  currency: mostFrequent(invoices.map(({ currency }) => currency)),
  rows,
  ...applyCancellations(invoices),
  customers: new Set(invoices.flatMap(({ customerId }) => (customerId === undefined ? [] : [customerId]))).size,
  ordersWithoutCustomer: invoices.filter(({ customerId, totalMinor }) => customerId === undefined && totalMinor >= 0)
    .length,
});

const mostFrequent = (texts: readonly string[]): string => {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? 'GBP';
};

const listOf = (problems: readonly string[]): string =>
  [
    `cannot read orders: ${problems.length} ${problems.length === 1 ? 'order is' : 'orders are'} not readable`,
    ...problems.slice(0, 8).map((problem) => `  ${problem}`),
    ...(problems.length > 8 ? [`  and ${problems.length - 8} more`] : []),
  ].join('\n');

/** Looks at the first line without losing it. */
const splitHead = async (chunks: AsyncIterable<string>): Promise<{ head: string; rest: AsyncIterable<string> }> => {
  const iterator = chunks[Symbol.asyncIterator]();
  let seen = '';
  let done = false;
  while (!seen.includes('\n') && !done) {
    const next = await iterator.next();
    done = next.done === true;
    if (next.done !== true) seen += next.value;
  }
  const rest = async function* (): AsyncGenerator<string> {
    yield seen;
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
  };
  return { head: seen.split('\n')[0] ?? '', rest: rest() };
};
