const sorted = (values: readonly number[]): readonly number[] => values.toSorted((a, b) => a - b);

/** The value below which a share of the others lies, by linear interpolation. */
export const quantile = (values: readonly number[], share: number): number => {
  const ascending = sorted(values);
  const place = share * (ascending.length - 1);
  const [low, high] = [ascending[Math.floor(place)] ?? Number.NaN, ascending[Math.ceil(place)] ?? Number.NaN];
  return low + (high - low) * (place - Math.floor(place));
};

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** The middle half, as a share of the median. */
export const spreadOf = (values: readonly number[]): number =>
  (quantile(values, 0.75) - quantile(values, 0.25)) / median(values);
