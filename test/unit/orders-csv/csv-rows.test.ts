import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsvFault, csvRows, separatorOf } from '../../../infra/local/orders/csv-rows.ts';

async function* inChunks(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

const read = async (text: string, size = text.length + 1, separator = ','): Promise<readonly (readonly string[])[]> => {
  const rows: (readonly string[])[] = [];
  for await (const batch of csvRows(inChunks(text, size), separator)) rows.push(...batch.map(({ cells }) => cells));
  return rows;
};

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

describe('CSV', () => {
  it('reads back whatever was written with quotes, however the text is cut', async () => {
    const cell = fc.string({ unit: 'grapheme', maxLength: 8 }).map((text) => text.replace(/^\uFEFF/, ''));
    const hard = fc.constantFrom('"', ',', '\n', '\r\n', '""', ' a ', '');
    const rows = fc.array(fc.array(fc.oneof(cell, hard), { minLength: 2, maxLength: 4 }), {
      minLength: 1,
      maxLength: 5,
    });
    await fc.assert(
      fc.asyncProperty(
        rows,
        fc.integer({ min: 1, max: 7 }),
        fc.constantFrom('\n', '\r\n'),
        async (table, size, end) => {
          const text = table.map((row) => row.map(quoted).join(',')).join(end);
          expect(await read(text, size)).toEqual(table);
        },
      ),
    );
  });

  it('reads any text alike in one piece and in many: whole lines at once, and character by character', async () => {
    const anyText = fc
      .array(fc.constantFrom('a', 'bc', ',', '\n', '\r\n', '\r', '"', '""', ' '), { maxLength: 40 })
      .map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(anyText, fc.integer({ min: 1, max: 5 }), async (text, size) => {
        const [whole, cut] = await Promise.allSettled([read(text), read(text, size)]);
        expect(cut.status).toBe(whole.status);
        if (whole.status === 'fulfilled' && cut.status === 'fulfilled') expect(cut.value).toEqual(whole.value);
      }),
      { numRuns: 500 },
    );
  });

  it('reads plain cells, CRLF, a byte order mark, empty lines and a last line without an end', async () => {
    expect(await read('\uFEFFa,b\r\n1,\r\n\r\n2,x y')).toEqual([
      ['a', 'b'],
      ['1', ''],
      ['2', 'x y'],
    ]);
  });

  it('names the line a record starts on, counting the line ends inside quotes', async () => {
    const lines: number[] = [];
    for await (const batch of csvRows(inChunks('a,b\n"x\ny",1\nz,2\n', 3)))
      lines.push(...batch.map(({ line }) => line));
    expect(lines).toEqual([1, 2, 4]);
  });

  it('refuses quotes that never close and text after closing quotes, with the line', async () => {
    await expect(read('a,b\n"x,1\n')).rejects.toThrow(
      new CsvFault("cannot read CSV: 'line 2' must close its quotes, got the end of the file"),
    );
    await expect(read('a\n"x"y\n')).rejects.toThrow(/'line 2' must have nothing between a closing quote/);
  });

  it('tells the separator from the header', () => {
    expect(separatorOf('a;b;c')).toBe(';');
    expect(separatorOf('"a;b;c",d,e')).toBe(',');
    expect(separatorOf('a\tb')).toBe('\t');
    expect(separatorOf('one')).toBe(',');
  });
});
