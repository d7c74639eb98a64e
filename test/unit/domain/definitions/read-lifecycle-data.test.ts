import { describe, expect, it } from 'vitest';
import { readLifecycleData } from '../../../../shared/domain/definitions/data/read-lifecycle-data.ts';

const open = { fact: 'case.open', op: 'eq', value: true };
const rest = { id: 'rest' };

describe('a lifecycle as data', () => {
  it('takes sentences and data, and reads a group of one as its part', () =>
    expect(
      readLifecycleData({
        name: 'mine',
        stages: [{ id: 'a', when: 'orders >= 2' }, { id: 'b', when: { all: [{ not: { any: [open] } }] } }, rest],
        exclude: ['tags has staff'],
        adopt: 'never',
      }),
    ).toEqual({
      type: 'lifecycle',
      draft: {
        name: 'mine',
        stages: [{ id: 'a', when: { fact: 'orders', op: 'gte', value: 2 } }, { id: 'b', when: { not: open } }, rest],
        exclude: [{ fact: 'tags', op: 'has', value: 'staff' }],
        adopt: 'never',
      },
    }));

  it.each<readonly [body: unknown, ...faults: readonly string[]]>([
    ['x', ' expected `{name, stages}`'],
    [
      { stages: [rest] },
      "name a lifecycle's name is 1 to 64 small letters, digits, - and _, a letter first, got nothing",
    ],
    [{ name: 'x' }, 'stages expected a list of one stage or more'],
    [{ name: 'x', stages: [rest], stage: 1 }, 'stage no key `stage`; did you mean `stages`?'],
    [{ name: 'x', stages: ['a', rest] }, 'stages.0 expected `{id, when}`'],
    [{ name: 'x', stages: [{ when: open }, rest] }, 'stages.0.id expected the name of a stage'],
    [{ name: 'x', stages: [{ id: 'a', if: open, when: open }, rest] }, 'stages.0.if no key `if`; did you mean `id`?'],
    [
      { name: 'x', stages: [{ id: 'a', when: open }] },
      'stages.0.when the last stage takes everybody else: its rule is `otherwise`',
    ],
    [{ name: 'x', stages: [{ id: 'a', when: 'else' }, rest] }, 'stages.0.when did you mean `otherwise`?'],
    [
      {
        name: 'x',
        stages: [
          { id: 'a', when: 'order > 1' },
          { id: 'b', when: { any: [open, { fact: 'order', op: 'gt', value: 1 }] } },
          rest,
        ],
      },
      'stages.0.when at 1: no fact `order`; did you mean `orders`?',
      'stages.1.when.any.1.fact no fact `order`; did you mean `orders`?',
    ],
    [
      {
        name: 'x',
        stages: [rest],
        exclude: [{ any: [open, { fact: 'silence', op: 'gt', value: 0.9 }] }, 'silence > 90%'],
      },
      'exclude.0.any.1 `silence` changes by time alone; `exclude` looks only at what stays, such as `tags` or `email.domain`',
      'exclude.1 `silence` changes by time alone; `exclude` looks only at what stays, such as `tags` or `email.domain`',
    ],
    [{ name: 'x', stages: [rest], exclude: 'tags has x' }, 'exclude expected a list of at most 50 conditions'],
    [{ name: 'x', stages: [rest], adopt: 'montly' }, 'adopt did you mean `monthly`?'],
  ])('%j', (body, ...expected) => {
    const read = readLifecycleData(body);
    const faults = read.type === 'faults' ? read.faults : [];
    expect(faults.map(({ path, message }) => `${path.join('.')} ${message}`)).toEqual(expected);
  });
});
