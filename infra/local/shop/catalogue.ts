import { oneOf, type Random } from './random.ts';

export type Product = Readonly<{ sku: string; name: string; category: string; priceMinor: number }>;
export type Line = Product & Readonly<{ quantity: number; url: string }>;

const product = (sku: string, name: string, category: string, priceMinor: number): Product => ({
  sku,
  name,
  category,
  priceMinor,
});

/** What "Harbour & Pine" sells: coffee, candles and things for a house by the sea. Prices include VAT. */
export const catalogue: readonly Product[] = [
  product('COF-250', 'Harbour blend coffee, 250 g', 'pantry', 900),
  product('COF-1K', 'Harbour blend coffee, 1 kg', 'pantry', 2_950),
  product('TEA-PIN', 'Pine needle tea', 'pantry', 750),
  product('HON-HEA', 'Heather honey', 'pantry', 1_100),
  product('SAL-SMO', 'Smoked sea salt', 'pantry', 650),
  product('CAN-PIN', 'Pine & smoke candle', 'home', 2_400),
  product('CAN-SEA', 'Sea fog candle', 'home', 2_400),
  product('MUG-BLU', 'Stoneware mug, harbour blue', 'kitchen', 1_800),
  product('MUG-SAN', 'Stoneware mug, sand', 'kitchen', 1_800),
  product('BOW-L', 'Stoneware bowl, large', 'kitchen', 3_600),
  product('TOW-LIN', 'Linen tea towel', 'kitchen', 1_400),
  product('BLK-WOO', 'Wool blanket, fisherman stripe', 'home', 8_900),
  product('CUS-LIN', 'Linen cushion cover', 'home', 3_200),
  product('SOA-KEL', 'Kelp & juniper soap', 'bath', 850),
  product('OIL-PIN', 'Pine bath oil', 'bath', 1_950),
  product('BRU-DOC', 'Dock brush', 'bath', 1_250),
  product('CAP-WAT', 'Watch cap, navy', 'wear', 2_800),
  product('SOC-FIS', 'Fisherman socks', 'wear', 1_600),
  product('JUM-GAN', 'Gansey jumper', 'wear', 12_500),
  product('PRI-LIG', 'Lighthouse print, A3', 'home', 2_200),
];

export const siteUrl = 'https://harbourandpine.example';

/** A basket of about the wanted value: at least one thing, at most six kinds. */
export const fillBasket = (random: Random, wantedMinor: number): readonly Line[] => {
  const lines = new Map<string, Line>();
  let left = wantedMinor;
  while (lines.size < 6 && (lines.size === 0 || left > 1_000)) {
    const affordable = catalogue.filter((item) => item.priceMinor <= Math.max(left, 1_100));
    const item = oneOf(random, affordable);
    const before = lines.get(item.sku)?.quantity ?? 0;
    lines.set(item.sku, { ...item, quantity: before + 1, url: `${siteUrl}/p/${item.sku.toLowerCase()}` });
    left -= item.priceMinor;
  }
  return [...lines.values()];
};
