import { createHash } from 'node:crypto';

/** Uniform numbers in [0, 1), the same for the same labels. */
export type Random = () => number;

/**
 * One stream per label, so that what happens to one customer never shifts the draws of another
 * (sfc32 by Chris Doty-Humphrey, seeded from SHA-256).
 */
export const randomFor = (...labels: readonly (string | number)[]): Random => {
  const digest = createHash('sha256').update(JSON.stringify(labels)).digest();
  let [a, b, c, d] = [digest.readInt32LE(0), digest.readInt32LE(4), digest.readInt32LE(8), 1];
  return () => {
    const t = (a + b + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + t;
    return (t >>> 0) / 2 ** 32;
  };
};

/** Exponential with the given mean. */
export const exponential = (random: Random, mean: number): number => -mean * Math.log(1 - random());

/** Standard normal (Box and Muller). */
export const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** Gamma with the given shape and mean (Marsaglia and Tsang 2000; shapes below one by their boost). */
export const gamma = (random: Random, shape: number, mean: number): number => {
  if (shape < 1) return gamma(random, shape + 1, (mean * (shape + 1)) / shape) * random() ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const x = normal(random);
    const v = (1 + x / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - random()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return (d * v * mean) / shape;
  }
};

/** Beta as a ratio of gammas. */
export const beta = (random: Random, a: number, b: number): number => {
  const x = gamma(random, a, a);
  return x / (x + gamma(random, b, b));
};

/** One of the choices, by weight. */
export const pick = <T>(random: Random, choices: readonly (readonly [T, number])[]): T => {
  const total = choices.reduce((sum, [, weight]) => sum + weight, 0);
  let left = random() * total;
  let last: T | undefined;
  for (const [choice, weight] of choices) {
    last = choice;
    left -= weight;
    if (left < 0) return choice;
  }
  if (last === undefined) throw new RangeError("cannot pick: 'choices' must not be empty, got 0");
  return last;
};

/** One of the items, all alike. */
export const oneOf = <T>(random: Random, items: readonly T[]): T =>
  pick(
    random,
    items.map((item) => [item, 1] as const),
  );
