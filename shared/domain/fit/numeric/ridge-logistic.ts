/** Examples in rows of `width` features each, with labels 0 or 1. */
export type Examples = Readonly<{ width: number; features: Float64Array; labels: Uint8Array }>;

export type RidgeOptions = Readonly<{
  /** What half a squared step away from `towards` costs in log-likelihood, on features of spread 1. */
  ridge: number;
  /** The weights, on the features as given, that the ridge pulls to. */
  towards: readonly number[];
  /** Whether the weight of a feature may not be negative. */
  atLeastZero: readonly boolean[];
}>;

/** Weights on the features as given. */
export type Logistic = Readonly<{ intercept: number; weights: readonly number[] }>;

const mostRounds = 50;
const mostSweeps = 500;
const settled = 1e-9;
const leastShare = 1e-6;
const lostInRounding = 1e-12;
/** Keeps a Newton step finite where an answer is certain (Friedman, Hastie and Tibshirani use the same). */
const leastVariance = 1e-5;

export const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

type Spread = Readonly<{ mean: readonly number[]; deviation: readonly number[] }>;

const spreadOf = ({ width, features, labels }: Examples): Spread => {
  const rows = Math.max(1, labels.length);
  const mean = new Array<number>(width).fill(0);
  const square = new Array<number>(width).fill(0);
  for (let j = 0; j < width; j += 1) {
    for (let i = j; i < features.length; i += width) mean[j] = (mean[j] ?? 0) + (features[i] ?? 0) / rows;
    const middle = mean[j] ?? 0;
    for (let i = j; i < features.length; i += width)
      square[j] = (square[j] ?? 0) + ((features[i] ?? 0) - middle) ** 2 / rows;
  }
  return { mean, deviation: square.map(Math.sqrt) };
};

/** Features of mean 0 and spread 1 behind a column of ones; one that does not vary is 0 everywhere. */
const standardised = ({ width, features, labels }: Examples, { mean, deviation }: Spread): Float64Array => {
  const design = new Float64Array(labels.length * (width + 1));
  for (let row = 0; row < labels.length; row += 1) {
    design[row * (width + 1)] = 1;
    for (let j = 0; j < width; j += 1) {
      const spread = deviation[j] ?? 0;
      const x = (features[row * width + j] ?? 0) - (mean[j] ?? 0);
      design[row * (width + 1) + j + 1] = spread > 1e-9 ? x / spread : 0;
    }
  }
  return design;
};

/** The log-odds of every example. */
const scoresOf = (design: Float64Array, weights: Float64Array): Float64Array => {
  const size = weights.length;
  const scores = new Float64Array(design.length / size);
  for (let row = 0; row < scores.length; row += 1) {
    let x = 0;
    for (let j = 0; j < size; j += 1) x += (design[row * size + j] ?? 0) * (weights[j] ?? 0);
    scores[row] = x;
  }
  return scores;
};

/** Weights, the scores they give, and the log-likelihood without what the ridge takes. */
type Place = Readonly<{ weights: Float64Array; scores: Float64Array; value: number }>;

/** Curvature and slope of the log-likelihood. */
const newtonTerms = (design: Float64Array, labels: Uint8Array, { weights: { length: size }, scores }: Place) => {
  const curvature = new Float64Array(size * size);
  const slope = new Float64Array(size);
  for (let row = 0; row < labels.length; row += 1) {
    const p = logistic(scores[row] ?? 0);
    const variance = Math.max(leastVariance, p * (1 - p));
    for (let j = 0; j < size; j += 1) {
      const xj = design[row * size + j] ?? 0;
      const weighed = variance * xj;
      slope[j] = (slope[j] ?? 0) + xj * ((labels[row] ?? 0) - p);
      for (let k = 0; k <= j; k += 1)
        curvature[j * size + k] = (curvature[j * size + k] ?? 0) + weighed * (design[row * size + k] ?? 0);
    }
  }
  for (let j = 0; j < size; j += 1)
    for (let k = j + 1; k < size; k += 1) curvature[j * size + k] = curvature[k * size + j] ?? 0;
  return { curvature, slope };
};

/** The ridge and the floors on standardised features, the intercept first. */
type Pull = Readonly<{ ridge: number; towards: readonly number[]; floors: readonly number[] }>;

/** The weights at the top of the quadratic about `weights`, within the floors, by cyclic coordinate ascent. */
const topOfQuadratic = (
  { curvature, slope }: ReturnType<typeof newtonTerms>,
  weights: Float64Array,
  { ridge, towards, floors }: Pull,
): Float64Array => {
  const size = weights.length;
  const next = Float64Array.from(weights);
  for (let sweep = 0; sweep < mostSweeps; sweep += 1) {
    let moved = 0;
    for (let j = 0; j < size; j += 1) {
      const own = (curvature[j * size + j] ?? 0) + (j === 0 ? 0 : ridge);
      if (own <= 0) continue;
      let rise = (slope[j] ?? 0) - (j === 0 ? 0 : ridge * ((next[j] ?? 0) - (towards[j] ?? 0)));
      for (let k = 0; k < size; k += 1) rise -= (curvature[j * size + k] ?? 0) * ((next[k] ?? 0) - (weights[k] ?? 0));
      const then = Math.max(floors[j] ?? 0, (next[j] ?? 0) + rise / own);
      moved = Math.max(moved, Math.abs(then - (next[j] ?? 0)));
      next[j] = then;
    }
    if (moved < settled) break;
  }
  return next;
};

const placeAt = (design: Float64Array, labels: Uint8Array, weights: Float64Array, { ridge, towards }: Pull): Place => {
  const scores = scoresOf(design, weights);
  let value = 0;
  for (let row = 0; row < labels.length; row += 1) {
    const x = scores[row] ?? 0;
    const signed = labels[row] === 1 ? x : -x;
    value -= signed > 0 ? Math.log1p(Math.exp(-signed)) : Math.log1p(Math.exp(signed)) - signed;
  }
  for (let j = 1; j < weights.length; j += 1) value -= 0.5 * ridge * ((weights[j] ?? 0) - (towards[j] ?? 0)) ** 2;
  return { weights, scores, value };
};

/** The weights on the scale of the features as given. */
const unstandardised = (weights: Float64Array, { mean, deviation }: Spread): Logistic => {
  const own = deviation.map((spread, j) => (spread > 1e-9 ? (weights[j + 1] ?? 0) / spread : 0));
  return { weights: own, intercept: (weights[0] ?? 0) - own.reduce((sum, w, j) => sum + w * (mean[j] ?? 0), 0) };
};

/**
 * Ridge logistic regression towards given weights, some kept from being negative; the ridge leaves the intercept alone.
 *
 * Newton's method (iteratively reweighted least squares), each quadratic solved by coordinate ascent under the bounds:
 * Friedman, Hastie, Tibshirani, "Regularization Paths for Generalized Linear Models via Coordinate Descent",
 * Journal of Statistical Software 33(1), 2010. Steps are halved until the penalised likelihood rises.
 *
 * With one kind of label only the intercept grows for at most 50 rounds: refit or bound it before it is used.
 */
export const ridgeLogistic = (examples: Examples, { ridge, towards, atLeastZero }: RidgeOptions): Logistic => {
  const spread = spreadOf(examples);
  const design = standardised(examples, spread);
  const { labels } = examples;
  const pull = {
    ridge,
    towards: [0, ...towards.map((w, j) => w * (spread.deviation[j] ?? 0))],
    floors: [Number.NEGATIVE_INFINITY, ...atLeastZero.map((bounded) => (bounded ? 0 : Number.NEGATIVE_INFINITY))],
  };
  let place = placeAt(design, labels, Float64Array.from(pull.towards), pull);
  for (let round = 0; round < mostRounds; round += 1) {
    const { weights, value } = place;
    const top = topOfQuadratic(newtonTerms(design, labels, place), weights, pull);
    let next = placeAt(design, labels, top, pull);
    for (let share = 1; next.value < value && share > leastShare; share /= 2)
      next = placeAt(
        design,
        labels,
        weights.map((w, j) => w + (share / 2) * ((top[j] ?? 0) - w)),
        pull,
      );
    if (!(next.value > value + lostInRounding * (1 + Math.abs(value)))) break;
    place = next;
  }
  return unstandardised(place.weights, spread);
};
