import { decimalAmount } from '../../../shared/domain/orders/money.ts';

/** `£120.50`, from minor units; exact, as no fraction in binary is passed through. */
export const moneyText = (amountMinor: number, currency: string): string => {
  const parts = new Intl.NumberFormat('en-GB', { style: 'currency', currency }).formatToParts(0);
  const symbol = parts.find((part) => part.type === 'currency')?.value ?? currency;
  const gap = /[A-Za-z]$/.test(symbol) ? ' ' : '';
  const sign = amountMinor < 0 ? '-' : '';
  return `${sign}${symbol}${gap}${decimalAmount(Math.abs(amountMinor), currency)}`;
};
