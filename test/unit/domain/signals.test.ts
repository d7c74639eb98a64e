import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  foldSignals,
  maxAttributes,
  type Signals,
  signalEvents,
  signalsOf,
} from '../../../shared/domain/customers/signals.ts';
import { factNamed } from '../../../shared/domain/facts/fact-catalogue.ts';
import { isHumanClick } from '../../../shared/domain/sends/human-click.ts';
import { seconds } from '../../../shared/domain/time.ts';
import { sampleSend } from '../../support/samples.ts';

const anyNews: fc.Arbitrary<Signals> = fc
  .tuple(fc.constantFrom(...signalEvents), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 9 }))
  .map(([name, at, n]) => signalsOf(name, { points: n, tier: `t${n}`, nps: n, reason: `r${n}`, [`own${n}`]: n }, at));

describe('signals', () => {
  it('fold to the same whatever order they come in, and however often', () => {
    fc.assert(
      fc.property(fc.array(anyNews, { maxLength: 12 }), fc.infiniteStream(fc.nat()), (news, noise) => {
        const shuffled = [...news, ...news.slice(0, 3)]
          .map((told) => ({ told, key: noise.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ told }) => told);
        expect(shuffled.reduce(foldSignals, {})).toEqual(news.reduce(foldSignals, {}));
      }),
      { numRuns: 1_000 },
    );
  });

  it('are all facts a condition may name', () => {
    for (const name of signalEvents)
      for (const fact of Object.keys(
        signalsOf(name, { points: 1, tier: 'a', nps: 9, score: 1, reason: 'x', own: 1 }, 1),
      ))
        expect(factNamed(fact), fact).toBeDefined();
  });

  it('keep a bounded number of attributes of the shop, and nothing of an event nobody listens to', () => {
    const many = Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`a${n}`, n]));
    expect(Object.keys(foldSignals({}, signalsOf('attributes.changed', many, 1)))).toHaveLength(maxAttributes);
    expect(signalsOf('toString', {}, 1)).toEqual({});
    expect(signalsOf('page.viewed', { url: 'x' }, 1)).toEqual({});
  });
});

describe('a click', () => {
  const sent = sampleSend({
    state: { status: 'sent', sentAt: 1_000, messageId: 'm' },
    feedback: { deliveredAt: 3_000 },
  });
  it('within ten seconds of delivery is a scanner; later it is a person', () => {
    expect(isHumanClick(sent, 3_000 + seconds(9))).toBe(false);
    expect(isHumanClick(sent, 3_000 + seconds(10))).toBe(true);
  });
});
