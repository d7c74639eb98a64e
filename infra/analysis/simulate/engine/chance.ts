/** A number in [0, 1) that depends on nothing but the texts: FNV-1a with a murmur3 finish, fast rather than strong. */
export const chanceOf = (seed: number, ...texts: readonly string[]): number => {
  let hash = 0x811c9dc5 ^ seed;
  for (const text of texts) {
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    hash = Math.imul(hash ^ 0x1f, 0x01000193);
  }
  return finished(hash) / 2 ** 32;
};

const finished = (hash: number): number => {
  let h = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
};
