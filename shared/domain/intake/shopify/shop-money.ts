import { minorUnits } from '../../orders/money.ts';

type MoneySet = Readonly<{ shop_money: Readonly<{ amount: string; currency_code: string }> }> | null | undefined;

/** An amount as Shopify gives it: in the shop's own and the buyer's currency, or plain in the shop's. */
export type ShopAmount = Readonly<{ set: MoneySet; plain?: string | null | undefined }>;

/** The amount in the shop's currency, minor units; the plain field is in that currency by definition. */
export const shopMinor = ({ set, plain }: ShopAmount, currency: string): number | undefined => {
  const text = set?.shop_money.amount ?? plain;
  return text === undefined || text === null ? undefined : minorUnits(text, currency, 'round');
};

/** The sum, where a missing or unreadable amount adds nothing. */
export const shopSum = (amounts: readonly ShopAmount[], currency: string): number =>
  amounts.reduce((sum, amount) => sum + (shopMinor(amount, currency) ?? 0), 0);
