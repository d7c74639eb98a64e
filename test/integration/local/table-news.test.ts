import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TableNews } from '../../../infra/local/engine/compute/table-news.ts';
import type { TableCall } from '../../../infra/local/engine/tables/table-call.ts';

const read: TableCall = { meter: 'readUnits', units: 0.5, written: [] };
const write = (table: string): TableCall => ({ meter: 'writeUnits', units: 2, written: [table] });

describe("what a function's thread tells of its table calls", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('goes along with the answer, summed, and is told once', () => {
    const told: TableCall[][] = [];
    const news = new TableNews((calls) => told.push(calls));
    for (const call of [read, write('a'), read, write('b'), write('a')]) news.add(call);
    expect(news.take()).toEqual([
      { meter: 'readUnits', units: 1, written: [] },
      { meter: 'writeUnits', units: 6, written: ['a', 'b'] },
    ]);
    expect(news.take()).toEqual([]);
    vi.runAllTimers();
    expect(told).toEqual([]);
  });

  it('does not wait for the answer of a handler that takes its time', () => {
    const told: TableCall[][] = [];
    const news = new TableNews((calls) => told.push(calls));
    news.add(write('a'));
    vi.advanceTimersByTime(10);
    expect(told).toEqual([[{ meter: 'writeUnits', units: 2, written: ['a'] }]]);
    news.add(read);
    vi.advanceTimersByTime(10);
    expect(told).toHaveLength(2);
  });
});
