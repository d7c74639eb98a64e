import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AccessRequest, Principal } from '../../../../infra/local/engine/iam/access-request.ts';
import { decide } from '../../../../infra/local/engine/iam/decide.ts';
import { arnGlob, glob, resourceGlob } from '../../../../infra/local/engine/iam/glob.ts';
import { readPolicy } from '../../../../infra/local/engine/iam/policy-document.ts';
import { compileIdentityPolicy } from '../../../../infra/local/engine/iam/statement.ts';

/** The plainest matcher there is: character by character, `may` says what a wildcard at that place may stand for. */
const matches = (pattern: string, text: string, may: (rest: string, char: string) => boolean = () => true): boolean => {
  const [head = '', tail] = [pattern[0], pattern.slice(1)];
  if (pattern === '') return text === '';
  if (head === '*') {
    if (matches(tail, text, may)) return true;
    return text !== '' && may(tail, text[0] ?? '') && matches(pattern, text.slice(1), may);
  }
  if (text === '') return false;
  return (head === '?' ? may('x', text[0] ?? '') : head === text[0]) && matches(tail, text.slice(1), may);
};

/** A `*` before a colon or the end may run over colons; every other wildcard may not. */
const withinSegments = (rest: string, char: string): boolean =>
  char !== ':' || rest === '' || rest.startsWith(':') || rest.startsWith('*');

const piece = fc.constantFrom('a', 'b', ':', '/', '*', '?', '.');
const pattern = fc.array(piece, { maxLength: 7 }).map((parts) => parts.join('').replace(/\*+/g, '*'));
const text = fc.array(fc.constantFrom('a', 'b', ':', '/', '.'), { maxLength: 7 }).map((parts) => parts.join(''));

describe('wildcards', () => {
  it('match what a character-by-character reading matches', () => {
    fc.assert(
      fc.property(pattern, text, (one, other) => {
        expect(glob(one)(other)).toBe(matches(one, other));
      }),
    );
  });

  it('of a resource stay within their segment unless they end it', () => {
    fc.assert(
      fc.property(pattern, text, (one, other) => {
        expect(resourceGlob(one)(other)).toBe(one === '*' || matches(one, other, withinSegments));
      }),
      { numRuns: 500 },
    );
    expect(resourceGlob('arn:aws:sqs:*:1:a*b')('arn:aws:sqs:us:1:axb')).toBe(true);
    expect(resourceGlob('arn:aws:sqs:us:1:a*b')('arn:aws:sqs:us:1:ax:b')).toBe(false);
    expect(resourceGlob('arn:aws:lambda:us:1:function:f:*')('arn:aws:lambda:us:1:function:f:1:2')).toBe(true);
    expect(resourceGlob('arn:aws:s3:::b/*')('arn:aws:s3:::b/x/y')).toBe(true);
    expect(resourceGlob('arn:aws:s3:::b/*')('arn:aws:s3:::b')).toBe(false);
  });

  it('of an ARN in a condition compare part by part', () => {
    expect(arnGlob('arn:aws:events:*:1:rule/*')('arn:aws:events:us:1:rule/x:y')).toBe(true);
    expect(arnGlob('arn:*:rule/x')('arn:aws:events:us:1:rule/x')).toBe(false);
  });
});

const who: Principal = { type: 'iam', arn: 'arn:aws:iam::123456789012:role/r' };
const action = fc.constantFrom('s:Get', 's:Put', 't:Get');
const resource = fc.constantFrom('arn:a', 'arn:b', 'arn:a/x');
const value = fc.constantFrom('k1', 'k2', 'x');
const leading = fc.array(value, { maxLength: 3 });
const request: fc.Arbitrary<AccessRequest> = fc
  .record({ action, resource, leading })
  .map(({ leading, ...rest }) => ({ ...rest, context: { 'dynamodb:leadingkeys': leading } }));
const condition = fc.record({
  set: fc.constantFrom('ForAllValues' as const, 'ForAnyValue' as const),
  negated: fc.boolean(),
  values: fc.array(fc.constantFrom('k1', 'k*', 'x', '?2'), { minLength: 1, maxLength: 2 }),
});
const statement = fc.record({
  Effect: fc.constantFrom('Allow' as const, 'Allow' as const, 'Deny' as const),
  actions: fc.array(fc.oneof(action, fc.constantFrom('s:*', 'S:get', '*')), { minLength: 1, maxLength: 2 }),
  notAction: fc.boolean(),
  resources: fc.array(fc.oneof(resource, fc.constantFrom('arn:a*', '*')), { minLength: 1, maxLength: 2 }),
  condition: fc.option(condition),
});
type Drawn = typeof statement extends fc.Arbitrary<infer T> ? T : never;
const policy = fc.array(statement, { maxLength: 4 });

const documentOf = (drawn: readonly Drawn[]) =>
  readPolicy('drawn', {
    Version: '2012-10-17',
    Statement: drawn.map(({ Effect, actions, notAction, resources, condition: c }) => ({
      Effect,
      [notAction ? 'NotAction' : 'Action']: actions,
      Resource: resources,
      ...(c && {
        Condition: { [`${c.set}:${c.negated ? 'StringNotLike' : 'StringLike'}`]: { 'dynamodb:LeadingKeys': c.values } },
      }),
    })),
  });
const decided = (drawn: readonly Drawn[], asked: AccessRequest) =>
  decide({ identity: compileIdentityPolicy('drawn', documentOf(drawn)), resource: [] }, asked, who);

/** IAM's rules as a reader would say them, with nothing compiled. */
const speaksOf = (drawn: Drawn, asked: AccessRequest): boolean => {
  const named = drawn.actions.some((one) => matches(one.toLowerCase(), asked.action.toLowerCase()));
  const there = drawn.resources.some((one) => one === '*' || matches(one, asked.resource, withinSegments));
  return named !== drawn.notAction && there && (drawn.condition === null || holds(drawn.condition, asked));
};
const holds = ({ set, negated, values }: NonNullable<Drawn['condition']>, { context }: AccessRequest): boolean => {
  const results = (context?.['dynamodb:leadingkeys'] ?? []).map(
    (key) => values.some((one) => matches(one, key)) !== negated,
  );
  return set === 'ForAllValues' ? !results.includes(false) : results.includes(true);
};

describe('a decision', () => {
  it('is what IAM’s rules say: Deny first, then Allow, then no', () => {
    fc.assert(
      fc.property(policy, request, (drawn, asked) => {
        const about = drawn.filter((one) => speaksOf(one, asked));
        const isDenied = about.some(({ Effect }) => Effect === 'Deny');
        const expected = isDenied ? 'identity-denies' : about.length > 0 ? undefined : 'nothing-allows';
        const verdict = decided(drawn, asked);
        expect(verdict.type === 'denied' ? verdict.why : undefined).toBe(expected);
      }),
      { numRuns: 1_000 },
    );
  });

  it('does not depend on the order of statements', () => {
    fc.assert(
      fc.property(policy, request, (drawn, asked) => {
        expect(decided([...drawn].reverse(), asked)).toEqual(decided(drawn, asked));
      }),
    );
  });

  it('is never widened by a Deny, nor narrowed by an Allow', () => {
    fc.assert(
      fc.property(policy, statement, request, (drawn, more, asked) => {
        const before = decided(drawn, asked).type;
        const after = decided([...drawn, more], asked).type;
        expect(after === before || after === (more.Effect === 'Deny' ? 'denied' : 'allowed')).toBe(true);
      }),
    );
  });
});
