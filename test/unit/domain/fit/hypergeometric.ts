/**
 * 2F1(a, b; c; z) for 0 <= z < 1 by Euler's transformation (Abramowitz and Stegun 15.3.3), as the papers on BG/NBD compute it.
 * Only tests need it: it loses digits where the papers' formula divides by a - 1.
 */
export const hypergeometric = (a: number, b: number, c: number, z: number): number => {
  let [term, sum] = [1, 1];
  for (let n = 0; n < 1_000_000 && Math.abs(term) > 1e-17 * Math.abs(sum); n += 1) {
    term *= (((c - a + n) * (c - b + n)) / ((c + n) * (n + 1))) * z;
    sum += term;
  }
  return (1 - z) ** (c - a - b) * sum;
};
