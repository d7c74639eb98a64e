/** What a column of an order file can mean. */
export const fields = [
  'customer_id',
  'order_id',
  'placed_at',
  'total',
  'currency',
  'status',
  'refunded',
  'email',
  'sku',
  'quantity',
  'price',
  'name',
  'country',
  'cancelled_at',
] as const;
export type Field = (typeof fields)[number];
export type ColumnMap = Readonly<Partial<Record<Field, string>>>;

/** Where each known field stands in a row. */
export type Columns = Readonly<{
  layout: string;
  at: Readonly<Partial<Record<Field, number>>>;
  /** Of all money in the file, where the layout knows it. */
  currency?: string;
}>;

export type ColumnsOutcome = Readonly<{ type: 'found'; columns: Columns } | { type: 'refused'; message: string }>;

const isField = (text: string): text is Field => fields.some((field) => field === text);

/** Header sets that map themselves. */
const layouts: readonly Readonly<{ name: string; map: ColumnMap; currency?: string }>[] = [
  {
    name: 'Online Retail',
    currency: 'GBP',
    map: {
      customer_id: 'CustomerID',
      order_id: 'InvoiceNo',
      placed_at: 'InvoiceDate',
      sku: 'StockCode',
      quantity: 'Quantity',
      price: 'UnitPrice',
      name: 'Description',
      country: 'Country',
    },
  },
  {
    name: 'Online Retail II',
    currency: 'GBP',
    map: {
      customer_id: 'Customer ID',
      order_id: 'Invoice',
      placed_at: 'InvoiceDate',
      sku: 'StockCode',
      quantity: 'Quantity',
      price: 'Price',
      name: 'Description',
      country: 'Country',
    },
  },
  {
    name: 'Shopify orders export',
    map: {
      customer_id: 'Email',
      order_id: 'Name',
      placed_at: 'Created at',
      total: 'Total',
      currency: 'Currency',
      status: 'Financial Status',
      refunded: 'Refunded Amount',
      email: 'Email',
      sku: 'Lineitem sku',
      quantity: 'Lineitem quantity',
      price: 'Lineitem price',
      name: 'Lineitem name',
      country: 'Billing Country',
      cancelled_at: 'Cancelled at',
    },
  },
];

const same = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();

/** Reads `--map customer_id=Client,total=Sum`. */
export const parseColumnMap = (text: string): Readonly<{ map: ColumnMap } | { refused: string }> => {
  const map: Partial<Record<Field, string>> = {};
  for (const part of text.split(',').filter((piece) => piece.trim() !== '')) {
    const [field = '', ...header] = part.split('=');
    if (!isField(field.trim()) || header.length === 0) {
      return {
        refused: `cannot map columns: '--map' must be field=Header,... with fields ${fields.join(' ')}, got ${part}`,
      };
    }
    map[field.trim() as Field] = header.join('=').trim();
  }
  return { map };
};

const place = (header: readonly string[], map: ColumnMap): Partial<Record<Field, number>> => {
  const at: Partial<Record<Field, number>> = {};
  for (const field of fields) {
    const name = map[field];
    const index = name === undefined ? -1 : header.findIndex((cell) => same(cell, name));
    if (index >= 0) at[field] = index;
  }
  return at;
};

const ownNames: ColumnMap = Object.fromEntries(fields.map((field) => [field, field]));

const missingFrom = (at: Partial<Record<Field, number>>): readonly string[] => {
  const missing: string[] = (['customer_id', 'order_id', 'placed_at'] as const).filter(
    (field) => at[field] === undefined,
  );
  const hasMoney = at.total !== undefined || (at.price !== undefined && at.quantity !== undefined);
  return hasMoney ? missing : [...missing, 'total'];
};

/** Finds the columns of a file by its header: our own names, a known layout, and what `--map` says on top. */
export const findColumns = (header: readonly string[], map: ColumnMap): ColumnsOutcome => {
  const layout = layouts.find((known) =>
    Object.values(known.map).every((name) => header.some((cell) => same(cell, name))),
  );
  const absent = Object.entries(map).filter(([, name]) => !header.some((cell) => same(cell, name)));
  if (absent.length > 0)
    return refused(
      absent.map(([field, name]) => `'${name}' (for ${field})`),
      header,
    );
  const at = place(header, { ...(layout?.map ?? ownNames), ...map });
  const missing = missingFrom(at);
  if (missing.length > 0)
    return refused(
      missing.map((field) => `'${field}'`),
      header,
      missing,
    );
  return {
    type: 'found',
    columns: {
      layout: layout?.name ?? 'by header',
      at,
      ...(layout?.currency === undefined ? {} : { currency: layout.currency }),
    },
  };
};

const refused = (
  wanted: readonly string[],
  header: readonly string[],
  missing: readonly string[] = [],
): ColumnsOutcome => ({
  type: 'refused',
  message: [
    `cannot read orders: ${wanted.join(', ')} must be ${wanted.length > 1 ? 'columns' : 'a column'} of the file, got ${header.join(', ')}`,
    missing.length === 0 ? '' : `say which they are: --map ${missing.map((field) => `${field}=YourHeader`).join(',')}`,
  ]
    .filter((line) => line !== '')
    .join('\n'),
});
