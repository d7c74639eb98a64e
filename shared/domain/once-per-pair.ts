/** Remembers what `make` gave for each pair of objects, as long as both live. For values that follow from the pair alone. */
export const oncePerPair = <A extends object, B extends object, R extends object>(
  make: (a: A, b: B) => R,
): ((a: A, b: B) => R) => {
  const known = new WeakMap<A, WeakMap<B, R>>();
  const rowOf = (a: A): WeakMap<B, R> => {
    const row = known.get(a) ?? new WeakMap<B, R>();
    known.set(a, row);
    return row;
  };
  const lookUp = (a: A, b: B): R => {
    const made = known.get(a)?.get(b);
    if (made !== undefined) return made;
    const fresh = make(a, b);
    rowOf(a).set(b, fresh);
    return fresh;
  };
  let last: { a: A; b: B; made: R } | undefined;
  return (a, b) => {
    // Customers of one store come one after the other: two comparisons are a tenth of two look-ups.
    if (last === undefined || last.a !== a || last.b !== b) last = { a, b, made: lookUp(a, b) };
    return last.made;
  };
};
