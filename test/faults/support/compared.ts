/** The lengths `timingSafeEqual` was asked about, in a file that mocks `node:crypto` with `watching`. */
export const compared: { lengths: (readonly [number, number])[] } = { lengths: [] };

export const watching = (real: typeof import('node:crypto')) => {
  const timingSafeEqual = (a: NodeJS.ArrayBufferView, b: NodeJS.ArrayBufferView): boolean => {
    compared.lengths.push([a.byteLength, b.byteLength]);
    return real.timingSafeEqual(a, b);
  };
  return { ...real, timingSafeEqual, default: { ...real, timingSafeEqual } };
};
