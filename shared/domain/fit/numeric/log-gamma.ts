/** Bernoulli terms of Stirling's series for ln gamma, and of its derivative; from `shift` on the next term is below 1e-16. */
const shift = 12;
const stirling = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360_360, 1 / 156] as const;

/** The sum of `term(k)` times x^-(2k+1), largest power first (Horner). */
const inverseOddPowers = (x: number, term: (k: number) => number): number => {
  const inverseSquare = 1 / (x * x);
  let sum = 0;
  for (let k = stirling.length - 1; k >= 0; k -= 1) sum = sum * inverseSquare + term(k);
  return sum / x;
};

/**
 * ln gamma(x) for x > 0, to about 1e-14 of the greater of 1 and itself.
 *
 * Stirling's series (Abramowitz and Stegun, Handbook of Mathematical Functions, 6.1.41), small arguments lifted by the recurrence 6.1.15.
 */
export const logGamma = (x: number): number => {
  let lifted = x;
  let product = 1;
  for (; lifted < shift; lifted += 1) product *= lifted;
  const series = inverseOddPowers(lifted, (k) => stirling[k] ?? 0);
  return (lifted - 0.5) * Math.log(lifted) - lifted + 0.5 * Math.log(2 * Math.PI) + series - Math.log(product);
};

/**
 * psi(x), the derivative of ln gamma, for x > 0; absolute error below 1e-13 of the greater of 1 and 1/x.
 *
 * The same series, differentiated term by term (Abramowitz and Stegun, 6.3.18), with the recurrence 6.3.5.
 */
export const digamma = (x: number): number => {
  let lifted = x;
  let below = 0;
  for (; lifted < shift; lifted += 1) below += 1 / lifted;
  const series = inverseOddPowers(lifted, (k) => (2 * k + 1) * (stirling[k] ?? 0)) / lifted;
  return Math.log(lifted) - 0.5 / lifted - series - below;
};
