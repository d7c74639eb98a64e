/**
 * Wilson's score interval for a share: where the true share lies, as far as so few observations can say.
 *
 * @param z 1.645 for 90 %, 1.96 for 95 %.
 * @see Wilson 1927, JASA 22:209-212; cases of Newcombe 1998, Statistics in Medicine 17:857-872
 */
export const wilsonInterval = (hits: number, of: number, z: number): readonly [low: number, high: number] => {
  if (of === 0) return [0, 1];
  const share = hits / of;
  const scale = 1 + z ** 2 / of;
  const centre = (share + z ** 2 / (2 * of)) / scale;
  const half = (z * Math.sqrt((share * (1 - share)) / of + z ** 2 / (4 * of ** 2))) / scale;
  return [Math.max(0, centre - half), Math.min(1, centre + half)];
};
