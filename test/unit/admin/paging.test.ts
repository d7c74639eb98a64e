import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCursor, writeCursor } from '../../../functions/admin/cursor.ts';
import { ada, adminScene } from './admin-scene.ts';

const crowd = async (people: number) => {
  const scene = await adminScene();
  for (let n = 0; n < people; n += 1) {
    await scene.add(
      { ...ada, customerId: `c-${n}`, profile: {}, stage: n % 3 === 0 ? 'loyal' : 'new' },
      `standard:${n}`,
    );
  }
  return scene;
};

describe('the list of customers', () => {
  it.each([
    [{}, 7],
    [{ stage: 'loyal' }, 3],
    [{ stage: 'lost' }, 0],
  ])('%j holds everybody once, page by page', async (filter: Record<string, string>, expected) => {
    const scene = await crowd(7);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const query: Record<string, string> = { ...filter, limit: '2', ...(cursor === undefined ? {} : { cursor }) };
      const { status, body } = await scene.ask({ path: '/v1/customers', query });
      expect(status).toBe(200);
      seen.push(...body.items.map((item: { id: string }) => item.id));
      cursor = body.cursor;
    } while (cursor !== undefined);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBe(expected);
  });

  it('refuses a cursor of another list, another filter, or nobody', async () => {
    const scene = await crowd(7);
    const { cursor } = (await scene.ask({ path: '/v1/customers', query: { limit: '2' } })).body;
    for (const query of [
      { stage: 'loyal', cursor },
      { cursor: `${cursor}x` },
      { cursor: 'eyJhIjoxfQ' },
      { cursor: '!' },
    ]) {
      const { status, body } = await scene.ask({ path: '/v1/customers', query });
      expect(status).toBe(422);
      expect(body.errors[0].path).toBe('query.cursor');
    }
    const timeline = await scene.ask({ path: '/v1/customers/c-1/timeline', query: { cursor } });
    expect(timeline.status).toBe(422);
  });
});

describe('cursor', () => {
  const key = new Uint8Array(32).fill(1);
  const scope = fc.array(fc.string(), { maxLength: 4 });

  it('gives back the position it was made of', () => {
    fc.assert(
      fc.property(scope, fc.string({ unit: 'binary' }), (where, position) => {
        expect(readCursor(key, where, writeCursor(key, where, position))).toEqual({ type: 'position', position });
      }),
    );
  });

  it('is refused under any other key, scope or spelling', () => {
    fc.assert(
      fc.property(scope, fc.string(), fc.nat(), (where, position, at) => {
        const cursor = writeCursor(key, where, position);
        expect(readCursor(new Uint8Array(32), where, cursor).type).toBe('problem');
        expect(readCursor(key, [...where, 'x'], cursor).type).toBe('problem');
        const forged = JSON.parse(Buffer.from(cursor, 'base64url').toString());
        forged[0] = `${forged[0]}${at}`;
        expect(readCursor(key, where, Buffer.from(JSON.stringify(forged)).toString('base64url')).type).toBe('problem');
      }),
    );
  });

  it('takes any text without throwing', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(readCursor(key, [], text).type).toBe('problem');
      }),
    );
  });
});
