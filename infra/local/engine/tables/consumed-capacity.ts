export interface Consumed {
  tables: string[];
  units: number;
}

const nothing: Consumed = { tables: [], units: 0 };
const marker = Buffer.from('"ConsumedCapacity":');
const [openCurly, closeCurly, openSquare, closeSquare] = [123, 125, 91, 93];

/** The JSON value that starts at `from`; capacity blocks hold no strings with brackets in them. */
const valueAt = (body: Buffer, from: number): string | undefined => {
  let depth = 0;
  for (let i = from; i < body.length; i += 1) {
    const byte = body[i];
    if (byte === openCurly || byte === openSquare) depth += 1;
    else if (byte === closeCurly || byte === closeSquare) depth -= 1;
    if (depth === 0) return body.toString('latin1', from, i + 1);
  }
  return undefined;
};

const read = (value: unknown): Consumed => {
  const blocks: unknown[] = Array.isArray(value) ? value : [value];
  const sum: Consumed = { tables: [], units: 0 };
  for (const block of blocks) {
    if (typeof block !== 'object' || block === null) continue;
    if ('TableName' in block && typeof block.TableName === 'string') sum.tables.push(block.TableName);
    if ('CapacityUnits' in block && typeof block.CapacityUnits === 'number') sum.units += block.CapacityUnits;
  }
  return sum;
};

/** Reads the capacity out of an answer without parsing the items around it. */
export const consumedCapacity = (body: Buffer): Consumed => {
  const at = body.indexOf(marker);
  if (at < 0) return nothing;
  const text = valueAt(body, at + marker.length);
  return text === undefined ? nothing : read(JSON.parse(text));
};

const asked = /"ReturnConsumedCapacity"\s*:\s*"(NONE|TOTAL|INDEXES)"/;

/** The request with `ReturnConsumedCapacity: INDEXES`, unless it asks for capacity already. */
export const askForCapacity = (body: Buffer): Buffer => {
  if (!body.includes('"ReturnConsumedCapacity"')) {
    const rest = body.subarray(body.indexOf('{') + 1);
    const comma = rest.toString('latin1', 0, 16).trimStart().startsWith('}') ? '' : ',';
    return Buffer.concat([Buffer.from(`{"ReturnConsumedCapacity":"INDEXES"${comma}`), rest]);
  }
  const text = body.toString();
  return asked.exec(text)?.[1] === 'NONE'
    ? Buffer.from(text.replace(asked, '"ReturnConsumedCapacity":"INDEXES"'))
    : body;
};
