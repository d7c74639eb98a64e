/** Follows `$.a.b[0]` into a value; `$` alone is the value itself. */
export const atJsonPath = (root: unknown, path: string): unknown => {
  let node = root;
  for (const step of path.replace(/^\$\.?/, '').matchAll(/([^.[\]]+)|\[(\d+)\]/g)) {
    const name = step[1] ?? step[2] ?? '';
    if (typeof node !== 'object' || node === null) return undefined;
    node = new Map<string, unknown>(Object.entries(node)).get(name);
  }
  return node;
};
