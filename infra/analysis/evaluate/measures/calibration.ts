/** A tenth of the customers by chance, lowest first: how many, the mean chance told, and the share who came back. */
export type Tenth = Readonly<{ customers: number; told: number; cameBack: number }>;

const meanOf = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, x) => sum + x, 0) / values.length;

/** Tenths of equal size (up to one); fewer than ten customers make fewer. */
export const tenthsOf = (chances: readonly number[], cameBack: readonly boolean[]): readonly Tenth[] => {
  const sorted = chances
    .map((chance, i) => ({ chance, came: Number(cameBack[i]) }))
    .sort((a, b) => a.chance - b.chance);
  return Array.from({ length: 10 }, (_, tenth) => {
    const part = sorted.slice(Math.round((tenth * sorted.length) / 10), Math.round(((tenth + 1) * sorted.length) / 10));
    return {
      customers: part.length,
      told: meanOf(part.map(({ chance }) => chance)),
      cameBack: meanOf(part.map(({ came }) => came)),
    };
  }).filter(({ customers }) => customers > 0);
};

/** Mean squared distance of the chance from what happened (Brier 1950); 0 is best. */
export const brierOf = (chances: readonly number[], cameBack: readonly boolean[]): number =>
  meanOf(chances.map((chance, i) => (chance - Number(cameBack[i])) ** 2));

/** Expected calibration error: how far told and happened are apart, tenth by tenth, in the mean over customers. */
export const eceOf = (tenths: readonly Tenth[]): number => {
  const customers = tenths.reduce((sum, tenth) => sum + tenth.customers, 0);
  return tenths.reduce((sum, tenth) => sum + (tenth.customers / customers) * Math.abs(tenth.told - tenth.cameBack), 0);
};
