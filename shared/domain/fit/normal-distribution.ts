/**
 * Standard normal distribution function.
 *
 * Hart's double-precision rational approximation as given by G. West, "Better approximations to cumulative normal
 * functions", Wilmott 2005; absolute error below 1e-15.
 */
export const normalCdf = (z: number): number => {
  const x = Math.abs(z);
  if (x > 37) return z > 0 ? 1 : 0;
  const tail = x < 7.07106781186547 ? tailByRational(x) : tailByFraction(x);
  return z > 0 ? 1 - tail : tail;
};

const polynomial = (x: number, coefficients: readonly number[]): number =>
  coefficients.reduce((sum, c) => sum * x + c, 0);

const tailByRational = (x: number): number =>
  (Math.exp((-x * x) / 2) *
    polynomial(
      x,
      [
        0.0352624965998911, 0.700383064443688, 6.37396220353165, 33.912866078383, 112.079291497871, 221.213596169931,
        220.206867912376,
      ],
    )) /
  polynomial(
    x,
    [
      0.0883883476483184, 1.75566716318264, 16.064177579207, 86.7807322029461, 296.564248779674, 637.333633378831,
      793.826512519948, 440.413735824752,
    ],
  );

const tailByFraction = (x: number): number =>
  Math.exp((-x * x) / 2) / ((x + 1 / (x + 2 / (x + 3 / (x + 4 / (x + 0.65))))) * 2.506628274631);

/**
 * Inverse of `normalCdf`, for p in (0, 1); -Infinity and Infinity at the ends.
 *
 * Acklam's rational approximation (relative error 1.15e-9) and one step of Halley's method.
 */
export const normalQuantile = (p: number): number => {
  if (p <= 0) return Number.NEGATIVE_INFINITY;
  if (p >= 1) return Number.POSITIVE_INFINITY;
  const guess = acklam(p);
  const e = normalCdf(guess) - p;
  const u = e * Math.sqrt(2 * Math.PI) * Math.exp((guess * guess) / 2);
  return guess - u / (1 + (guess * u) / 2);
};

const acklam = (p: number): number => {
  if (p < 0.02425) return acklamTail(Math.sqrt(-2 * Math.log(p)));
  if (p > 1 - 0.02425) return -acklamTail(Math.sqrt(-2 * Math.log(1 - p)));
  const q = p - 0.5;
  const r = q * q;
  return (
    (q *
      polynomial(
        r,
        [
          -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716,
          2.506628277459239,
        ],
      )) /
    polynomial(r, [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572, 1])
  );
};

const acklamTail = (q: number): number =>
  polynomial(
    q,
    [
      -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
      2.938163982698783,
    ],
  ) / polynomial(q, [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1]);
