import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { visitMoves } from '../../../shared/adapters/counter-moves.ts';
import { changesBetween } from '../../../shared/domain/customers/changes-between.ts';
import type { Customer } from '../../../shared/domain/customers/customer.ts';
import { toldAgain } from '../../../shared/domain/customers/told-again.ts';
import { tombstoneOf } from '../../../shared/domain/customers/tombstone.ts';
import { enrolGraceMs, type Visit } from '../../../shared/domain/customers/visit.ts';
import { linkedTo, unseenAlias } from '../../../shared/domain/identity/alias.ts';
import { causes } from '../../../shared/domain/lifecycle/cause.ts';
import { days } from '../../../shared/domain/time.ts';
import { sampleCustomer, sampleNow } from '../../support/samples.ts';

const stages = ['new', 'active', 'loyal', 'lost'] as const;
const ends = ['stays', 'merged', 'erased', 'merged, then erased'] as const;

type Pair = Readonly<{ before?: Customer; after: Customer }>;

/** A customer's committed writes: one for each visit, writes in between that move nothing, and an end. */
const history = fc
  .record({
    moves: fc.array(fc.record({ to: fc.constantFrom(...stages), cause: fc.constantFrom(...causes) }), {
      minLength: 1,
      maxLength: 8,
    }),
    end: fc.constantFrom(...ends),
  })
  .map(({ moves, end }) => {
    const writes: Customer[] = [];
    for (const [n, { to, cause }] of moves.entries()) {
      const before = writes.at(-1);
      if (before?.stage === to) writes.push({ ...before, version: before.version + 1, profileAt: n });
      else writes.push(arrived(before, to, cause, n));
    }
    const last = writes.at(-1) ?? sampleCustomer();
    const alias = linkedTo(last, 'root');
    if (end.startsWith('merged')) writes.push(alias);
    if (end.endsWith('erased')) writes.push(tombstoneOf(end === 'erased' ? last : alias, sampleNow));
    return writes.map((after, n): Pair => {
      const before = writes[n - 1];
      return before === undefined ? { after } : { before, after };
    });
  });

const arrived = (before: Customer | undefined, stage: string, cause: Customer['cause'], n: number): Customer => {
  const { from: _, causeOrder: __, ...first } = sampleCustomer();
  return {
    ...(before ?? first),
    ...{ version: (before?.version ?? 0) + 1, visit: (before?.visit ?? 0) + 1, stage, cause },
    ...(before === undefined ? {} : { from: before.stage }),
    ...{ since: sampleNow + days(n), decidedAt: sampleNow + days(n) },
  };
};

const visitsOf = (pairs: readonly Pair[]): Visit[] =>
  pairs.flatMap(({ before, after }) => changesBetween(before, after).visit ?? []);

/** Where the counters say people stand. */
const population = (visits: readonly Visit[]): Record<string, number> => {
  const sums: Record<string, number> = {};
  for (const { name, by } of visits.flatMap(visitMoves)) sums[name] = (sums[name] ?? 0) + by;
  return Object.fromEntries(Object.entries(sums).filter(([, sum]) => sum !== 0));
};

const byNumber = (visits: readonly Visit[]) => [...visits].sort((a, b) => a.visit - b.visit);
const anyLoss = fc.tuple(history, fc.infiniteStream(fc.boolean()));

describe('what relay was never told', () => {
  it('is nothing where it heard everything', () => {
    fc.assert(
      fc.property(history, (pairs) => {
        const { after } = pairs.at(-1) ?? { after: sampleCustomer() };
        expect(toldAgain(after, visitsOf(pairs))).toEqual({ visits: [], facts: [] });
      }),
    );
  });

  it('is made good: each number has one row, the counters agree with where the customer stands, and once is enough', () => {
    fc.assert(
      fc.property(anyLoss, ([pairs, heard]) => {
        const { after } = pairs.at(-1) ?? { after: sampleCustomer() };
        const told = visitsOf(pairs).filter(() => heard.next().value);
        const { visits } = toldAgain(after, told);
        const all = byNumber([...told, ...visits]);
        expect(all.map(({ visit }) => visit)).toEqual(all.map((_, n) => n + 1));
        expect(population(all)).toEqual(population(visitsOf(pairs)));
        expect(toldAgain(after, all)).toEqual({ visits: [], facts: [] });
      }),
    );
  });

  it('comes back as it was for the present visit, but that nobody who left is enrolled in anything', () => {
    fc.assert(
      fc.property(history, (pairs) => {
        const { after } = pairs.at(-1) ?? { after: sampleCustomer() };
        const truth = visitsOf(pairs);
        const hasLeft = after.mergedInto !== undefined || after.erasedAt !== undefined;
        const { visits } = toldAgain(after, truth.slice(0, hasLeft ? -2 : -1));
        const expected = truth
          .slice(hasLeft ? -2 : -1)
          .map(({ dueAt, ...visit }) => (hasLeft || dueAt === undefined ? visit : { ...visit, dueAt }));
        expect(visits).toEqual(expected);
      }),
    );
  });

  it('starts no campaign for a visit nobody knows any more', () => {
    fc.assert(
      fc.property(anyLoss, ([pairs, heard]) => {
        const { after } = pairs.at(-1) ?? { after: sampleCustomer() };
        const { visits } = toldAgain(
          after,
          visitsOf(pairs).filter(() => heard.next().value),
        );
        for (const { visit, dueAt, cause } of visits)
          if (visit < after.visit) expect([dueAt, cause]).toEqual([undefined, 'correction']);
      }),
    );
  });

  it('tells the bus of the present stage and of who left, and of nothing it cannot know', () => {
    const moved = sampleCustomer({ visit: 3, stage: 'loyal', from: 'active', cause: 'order' });
    const { visits, facts } = toldAgain(moved, []);
    expect(visits.at(-1)).toMatchObject({ visit: 3, dueAt: moved.decidedAt + enrolGraceMs });
    expect(facts.map(({ type }) => type)).toEqual(['stage-changed']);
    const types = (customer: Customer) => toldAgain(customer, []).facts.map(({ type }) => type);
    expect(types(linkedTo(moved, 'root'))).toEqual(['stage-changed', 'customer-merged']);
    expect(types(tombstoneOf(moved, sampleNow))).toEqual(['stage-changed', 'customer-erased']);
  });

  it('is nothing for an id that was only ever a name of somebody else', () => {
    expect(toldAgain(unseenAlias('demo', 'x', 'root', sampleNow), [])).toEqual({ visits: [], facts: [] });
  });

  it('leaves a first visit alone that says it came from nowhere, whatever stands before it', () => {
    const { from: _, ...first } = sampleCustomer({ visit: 2 });
    expect(toldAgain(first, []).visits.map(({ visit }) => visit)).toEqual([2]);
  });
});
