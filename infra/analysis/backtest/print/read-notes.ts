import { currencyExponent } from '../../../../shared/domain/orders/money.ts';
import { count, counted, money } from '../../../local/start/print/words.ts';
import type { Backtest, BacktestInput } from '../run-backtest.ts';

const correctionNote = ({ history: { corrections }, store: { currency } }: BacktestInput): readonly string[] => {
  if (corrections.length === 0) return [];
  const sum = corrections.reduce((total, { amountMinor }) => total + amountMinor, 0);
  const text = money(sum / 10 ** currencyExponent(currency), currency);
  return [`${counted(corrections.length, 'cancellation')} of ${text} with no earlier order to refund: left out`];
};

const nobodysNote = ({ history: { orders } }: BacktestInput): readonly string[] => {
  const nobodys = orders.filter(({ customerId, email }) => customerId === undefined && email === undefined).length;
  return nobodys === 0 ? [] : [`${counted(nobodys, 'order')} without a customer: in no stage`];
};

const foreignNote = ({ history: { orders }, store: { currency } }: BacktestInput): readonly string[] => {
  const foreign = orders.filter((order) => order.currency !== currency).length;
  return foreign === 0
    ? []
    : [`${counted(foreign, 'order')} in another currency than ${currency}: counted, without money`];
};

/** What was read, and everything that had to be assumed. */
export const readNotes = (input: BacktestInput, { customers }: Backtest): readonly string[] => {
  const { history, consent } = input;
  return [
    `${history.layout}: ${count(history.rows)} rows, ${counted(history.orders.length, 'order')} of ${counted(customers, 'customer')}, ${counted(history.refunds.length, 'refund')}`,
    ...nobodysNote(input),
    ...foreignNote(input),
    ...correctionNote(input),
    ...history.assumptions.map((assumption) => `assumed: ${assumption}`),
    consent === 'assumed'
      ? 'assumed: everybody consented with their first order (--consent none replays without)'
      : 'assumed: nobody consented, so no mail would go',
    'assumed: every shipped campaign active, every reward code set, each mail accepted at once; nobody answers to mail',
  ];
};
