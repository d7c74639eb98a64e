import { once } from 'node:events';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { finished } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { type CsvRow, csvRows } from '../../../infra/local/orders/csv-rows.ts';
import { toIso } from '../../../shared/domain/time.ts';
import { shopKinds, simulateStore } from '../../support/simulated-store.ts';

const recorded = fileURLToPath(
  new URL('../../../../shared/data/online-retail/online_retail_germany_france.csv', import.meta.url),
);

/** Whether the recorded year of orders is on this machine. */
export const recordedIsHere = existsSync(recorded);

const quoted = (cell: string): string => (/[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
const lineOf = (cells: readonly string[]): string => `${cells.map(quoted).join(',')}\n`;

/** The recorded year again and again, each time of other customers: invoices and customers get a number of their own. */
const recordedRows = async (copies: number, write: (line: string) => Promise<void>): Promise<void> => {
  const rows: CsvRow[] = [];
  for await (const batch of csvRows(createReadStream(recorded, 'utf8'))) rows.push(...batch);
  const [header, ...body] = rows.map(({ cells }) => cells);
  if (header === undefined) throw new Error('cannot copy orders: the file must have a header');
  const [invoice, customer] = [
    header.findIndex((name) => /^invoice(no)?$/i.test(name)),
    header.findIndex((name) => /^customer ?id$/i.test(name)),
  ];
  await write(lineOf(header));
  for (let copy = 0; copy < copies; copy++)
    for (const cells of body)
      await write(
        lineOf(cells.map((cell, n) => ((n === invoice || n === customer) && cell !== '' ? `${cell}${copy}` : cell))),
      );
};

/** A shop of regulars that exists only here, some lines an order. */
const simulatedRows = async (customers: number, write: (line: string) => Promise<void>): Promise<void> => {
  const coffee = shopKinds['coffee'];
  if (coffee === undefined) throw new Error("cannot simulate: 'coffee' must be a kind of shop");
  await write('customer_id,order_id,placed_at,sku,quantity,price\n');
  for (const [n, series] of simulateStore({ ...coffee, seed: 'bench', customers, days: 365 }).entries())
    for (const [k, { at, netMinor }] of series.entries())
      for (let item = 0; item < 18; item++)
        await write(`c-${n},${n}-${k},${toIso(at)},SKU-${(n + k + item) % 400},1,${(netMinor / 1_800).toFixed(2)}\n`);
};

/** Writes a line-item file of about as many rows as the whole of Online Retail has. */
export const writeManyOrders = async (file: string): Promise<void> => {
  const out = createWriteStream(file);
  const write = async (line: string): Promise<void> => {
    if (!out.write(line)) await once(out, 'drain');
  };
  if (recordedIsHere) await recordedRows(30, write);
  else await simulatedRows(9_000, write);
  out.end();
  await finished(out);
};
