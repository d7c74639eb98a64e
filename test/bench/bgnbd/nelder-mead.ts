/** A function of a point, to be made small. */
type Objective = (point: readonly number[]) => number;
type Vertex = Readonly<{ point: readonly number[]; value: number }>;

const between = (from: readonly number[], to: readonly number[], step: number): readonly number[] =>
  from.map((x, i) => x + step * ((to[i] ?? 0) - x));

const centroidOf = (vertices: readonly Vertex[]): readonly number[] =>
  (vertices[0]?.point ?? []).map(
    (_, i) => vertices.reduce((sum, { point }) => sum + (point[i] ?? 0), 0) / vertices.length,
  );

/**
 * The simplex method of Nelder and Mead (1965) with the usual coefficients, started as SciPy starts it, until value and
 * place differ by less than `tolerance`. No gradient is asked for.
 */
export const nelderMead = (objective: Objective, start: readonly number[], tolerance = 1e-6): Vertex => {
  const at = (point: readonly number[]): Vertex => ({ point, value: objective(point) });
  let simplex: Vertex[] = [
    at(start),
    ...start.map((x, i) => at(start.map((y, j) => (i === j ? (x === 0 ? 0.00025 : x * 1.05) : y)))),
  ];
  for (let step = 0; step < 2_000; step++) {
    simplex.sort((a, b) => a.value - b.value);
    const [best, worst, second] = [simplex[0], simplex.at(-1), simplex.at(-2)];
    if (best === undefined || worst === undefined || second === undefined) break;
    const size = Math.max(
      ...simplex.map(({ point }) => Math.max(...point.map((x, i) => Math.abs(x - (best.point[i] ?? 0))))),
    );
    if (size < tolerance && worst.value - best.value < tolerance) break;
    const centre = centroidOf(simplex.slice(0, -1));
    const reflected = at(between(worst.point, centre, 2));
    const replacement = improvedOn(reflected);
    if (replacement === undefined)
      simplex = [best, ...simplex.slice(1).map(({ point }) => at(between(best.point, point, 0.5)))];
    else simplex[simplex.length - 1] = replacement;

    function improvedOn(found: Vertex): Vertex | undefined {
      if (best === undefined || worst === undefined || second === undefined) return undefined;
      if (found.value < best.value) {
        const expanded = at(between(worst.point, centre, 3));
        return expanded.value < found.value ? expanded : found;
      }
      if (found.value < second.value) return found;
      const outside = found.value < worst.value;
      const contracted = at(between(worst.point, centre, outside ? 1.5 : 0.5));
      return contracted.value < Math.min(found.value, worst.value) ? contracted : undefined;
    }
  }
  return simplex.toSorted((a, b) => a.value - b.value)[0] ?? at(start);
};
