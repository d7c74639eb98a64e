/** Pence as `12.34`. */
export const poundsText = (minor: number): string => (minor / 100).toFixed(2);

/** Pence in the buyer's currency, as a checkout shows it (yen have no decimals). */
export const presentmentText = (minor: number, perPound: number, currency: string): string =>
  ((minor / 100) * perPound).toFixed(currency === 'JPY' ? 0 : 2);
