import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { remembered } from '../../../shared/mail/remembered.ts';

it('makes each thing once while there is room, and always the right one', () =>
  fc.assert(
    fc.property(fc.array(fc.constantFrom('a', 'b', 'c', 'd')), (keys) => {
      let made = 0;
      const thing = remembered((key) => ({ key, nth: ++made }), 4);
      for (const key of keys) expect(thing(key).key).toBe(key);
      return made === new Set(keys).size;
    }),
  ));

it('starts afresh when full instead of growing', () => {
  let made = 0;
  const thing = remembered((key) => `${key}${++made}`, 2);
  for (const key of ['a', 'b', 'a', 'b']) thing(key);
  expect(made).toBe(2);
  thing('c');
  expect(thing('a')).toBe('a4');
});
