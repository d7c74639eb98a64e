import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Condition } from '../../../shared/domain/conditions/condition.ts';
import { conditionText } from '../../../shared/domain/conditions/language/condition-text.ts';
import { lifecycleSchema } from '../../../shared/domain/definitions/data/lifecycle-schema.ts';
import { readLifecycleData } from '../../../shared/domain/definitions/data/read-lifecycle-data.ts';
import { faultText } from '../../../shared/domain/definitions/definition-fault.ts';
import { checkExclude } from '../../../shared/domain/definitions/exclude-rules.ts';
import type { LifecycleDraft } from '../../../shared/domain/definitions/lifecycle-draft.ts';
import { whyUnreachable } from '../../../shared/domain/definitions/reachability/unreachable.ts';
import { readLifecycle } from '../../../shared/domain/definitions/read-lifecycle.ts';
import { writeLifecycle } from '../../../shared/domain/definitions/write-lifecycle.ts';
import { anyCondition, anyConditionOf, anyLeafOf } from './language-conditions.ts';

const stills = ['tags', 'email.domain', 'profile.country', 'orders', 'revenue', 'case.open', 'attributes.vip'];
const anyExclude = anyConditionOf(anyLeafOf(stills)).filter((condition) => checkExclude(condition).length === 0);
const anyName = fc
  .stringMatching(/^[a-z][a-z0-9_]{0,12}$/)
  .filter((name) => !['excluded', 'merged', 'erased'].includes(name));

/** Conditions of which none is out of reach below the others. */
const reachable = (conditions: readonly Condition[]): readonly Condition[] => {
  const kept: Condition[] = [];
  for (const condition of conditions)
    if (whyUnreachable([...kept, condition], kept.length) === undefined) kept.push(condition);
  return whyUnreachable([...kept, 'otherwise'], kept.length) === undefined ? kept : kept.slice(0, -1);
};

const anyDraft: fc.Arbitrary<LifecycleDraft> = fc
  .record({
    name: anyName,
    ids: fc.uniqueArray(anyName, { minLength: 8, maxLength: 8 }),
    conditions: fc.array(anyCondition, { maxLength: 7 }).map(reachable),
    exclude: fc.option(fc.array(anyExclude, { maxLength: 3 }), { nil: undefined }),
    adopt: fc.option(fc.constantFrom('monthly' as const, 'never' as const), { nil: undefined }),
  })
  .map(({ name, ids, conditions, exclude, adopt }) => ({
    name,
    stages: [...conditions, undefined].map((when, n) => ({
      id: ids[n] ?? 'x',
      ...(when === undefined ? {} : { when }),
    })),
    ...(exclude === undefined ? {} : { exclude }),
    ...(adopt === undefined ? {} : { adopt }),
  }));

describe('a lifecycle', () => {
  it('reads back from the file it is written to', () => {
    fc.assert(
      fc.property(anyDraft, (draft) => {
        expect(readLifecycle(writeLifecycle(draft), 'lifecycle.yaml')).toEqual({ type: 'lifecycle', draft });
      }),
      { numRuns: 500 },
    );
  });

  it('is taken by the API as data and as sentences alike, and by its schema', () => {
    fc.assert(
      fc.property(anyDraft, (draft) => {
        const spoken = {
          ...draft,
          stages: draft.stages.map(({ id, when }) => ({
            id,
            when: when === undefined ? 'otherwise' : conditionText(when),
          })),
          ...(draft.exclude === undefined ? {} : { exclude: draft.exclude.map(conditionText) }),
        };
        expect(readLifecycleData(draft)).toEqual({ type: 'lifecycle', draft });
        expect(readLifecycleData(spoken)).toEqual({ type: 'lifecycle', draft });
        expect(lifecycleSchema.parse(draft)).toEqual(draft);
        expect(lifecycleSchema.safeParse(spoken).success).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('file that was damaged is read or refused with faults at places in it, and nothing is thrown', () => {
    fc.assert(
      fc.property(
        anyDraft,
        fc.array(
          fc.tuple(
            fc.nat(),
            fc.nat(6),
            fc.constantFrom('', ' ', ':', '\n', '- ', '"', '[', '#', 'x', '\t', '&a ', '*a'),
          ),
          {
            minLength: 1,
            maxLength: 3,
          },
        ),
        (draft, damages) => {
          let text = writeLifecycle(draft);
          for (const [at, cut, put] of damages) {
            const from = at % (text.length + 1);
            text = text.slice(0, from) + put + text.slice(from + cut);
          }
          const read = readLifecycle(text, 'lifecycle.yaml');
          if (read.type === 'lifecycle') {
            expect(readLifecycle(writeLifecycle(read.draft), 'again')).toEqual(read);
            return;
          }
          const lines = text.split(/\r\n|\r|\n/);
          expect(read.faults).not.toEqual([]);
          for (const fault of read.faults) {
            expect(fault.excerpt).toBe(lines[fault.line - 1]);
            expect(fault.column).toBeLessThanOrEqual(fault.excerpt.length + 1);
            expect(fault.message).not.toMatch(/undefined|NaN/);
            expect(faultText(fault)).toMatch(/^lifecycle\.yaml:\d+:\d+ {2}.*\n +\^+$/s);
          }
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('as any data is read or refused, and nothing is thrown', () => {
    const anyPart = fc.oneof(fc.jsonValue(), fc.record({ id: anyName, when: fc.jsonValue() }, { requiredKeys: [] }));
    const anyBody = fc.record(
      {
        name: fc.oneof(anyName, fc.jsonValue()),
        stages: fc.array(anyPart),
        exclude: fc.jsonValue(),
        adopt: fc.string(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(anyBody, fc.jsonValue()), (body) => {
        const read = readLifecycleData(body);
        if (read.type === 'faults') expect(read.faults).not.toEqual([]);
        else expect(lifecycleSchema.safeParse(body).success).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});
