/** A function's value at a point and its slope there, one partial derivative for each coordinate. */
export type Slope = Readonly<{ value: number; gradient: readonly number[] }>;
export type Objective = (point: readonly number[]) => Slope;
export type Maximum = Readonly<{ point: readonly number[]; value: number; iterations: number }>;

/** No step moves a coordinate further: a coordinate is the logarithm of a parameter, so this is a factor of about 7. */
const longestStep = 2;
const mostIterations = 200;
const mostHalvings = 40;
/** A step that promises less than this share of the value is lost in rounding. */
const lostInRounding = 1e-13;
/** A point that has run away is not followed for less than this share of the value. */
const worthFollowing = 1e-9;
/** Armijo's share of the promised rise that a step has to keep. */
const keptRise = 1e-4;

const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, i) => sum + x * (b[i] ?? 0), 0);
const plus = (a: readonly number[], b: readonly number[], times: number): number[] =>
  a.map((x, i) => x + times * (b[i] ?? 0));
const largest = (a: readonly number[]): number => a.reduce((most, x) => Math.max(most, Math.abs(x)), 0);

type Matrix = readonly (readonly number[])[];
const identity = (size: number): Matrix =>
  Array.from({ length: size }, (_, i) => Array.from({ length: size }, (__, j) => Number(i === j)));
const times = (matrix: Matrix, vector: readonly number[]): number[] => matrix.map((row) => dot(row, vector));

/** The inverse curvature after a step: Nocedal and Wright, (6.17). Unchanged where the step met no downward curvature. */
const updated = (inverse: Matrix, step: readonly number[], bend: readonly number[]): Matrix => {
  const curvature = dot(step, bend);
  if (!(curvature > 1e-12 * largest(step) * largest(bend))) return inverse;
  const turned = times(inverse, bend);
  const factor = (1 + dot(bend, turned) / curvature) / curvature;
  return inverse.map((row, i) =>
    row.map((h, j) => {
      const [si, sj, ti, tj] = [step[i] ?? 0, step[j] ?? 0, turned[i] ?? 0, turned[j] ?? 0];
      return h + factor * si * sj - (ti * sj + si * tj) / curvature;
    }),
  );
};

type Place = Slope & Readonly<{ point: readonly number[] }>;

/** The first of the step and its halves that rises enough; `undefined` when none does: the place is as high as numbers tell. */
const climb = (objective: Objective, from: Place, direction: readonly number[]): Place | undefined => {
  const promised = dot(direction, from.gradient);
  if (!(promised > lostInRounding * (1 + Math.abs(from.value)))) return undefined;
  let length = Math.min(1, longestStep / largest(direction));
  for (let halving = 0; halving < mostHalvings; halving += 1, length /= 2) {
    const point = plus(from.point, direction, length);
    const slope = objective(point);
    if (slope.value >= from.value + keptRise * length * promised && slope.gradient.every(Number.isFinite))
      return { point, ...slope };
  }
  return undefined;
};

/**
 * Climbs to a maximum of a smooth function by BFGS with backtracking. The same start gives the same answer.
 *
 * Nocedal, Wright, "Numerical Optimization", 2nd ed. 2006, algorithm 6.1; halving instead of a Wolfe search, with the update left out
 * where the curvature is not downward. A function without a maximum is followed for at most 200 steps: bound it by a prior.
 *
 * @param objective Value and gradient in comparable coordinates; `-Infinity` outside its bounds.
 * @param runsAway Which points lie where no answer is: the climb ends there once steps bring next to nothing, instead of
 *   feeling its way along the bounds.
 */
export const maximise = (
  objective: Objective,
  start: readonly number[],
  runsAway: (point: readonly number[]) => boolean = () => false,
): Maximum => {
  let place: Place = { point: start, ...objective(start) };
  let inverse = identity(start.length);
  let iterations = 0;
  for (; iterations < mostIterations; iterations += 1) {
    const direction = times(inverse, place.gradient);
    const next = climb(objective, place, dot(direction, place.gradient) > 0 ? direction : place.gradient);
    if (next === undefined) break;
    const rise = next.value - place.value;
    inverse = updated(inverse, plus(next.point, place.point, -1), plus(place.gradient, next.gradient, -1));
    place = next;
    if (rise < worthFollowing * (1 + Math.abs(place.value)) && runsAway(place.point)) break;
  }
  return { point: place.point, value: place.value, iterations };
};
