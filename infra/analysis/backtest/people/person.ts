import type { CustomerId } from '../../../../shared/domain/customers/customer.ts';
import type { HistoryOrder, HistoryRefund } from '../../../local/orders/history.ts';

/** Somebody of the file, with everything that happened to their orders, each list oldest first. */
export type Person = Readonly<{
  /** As the file names them. */
  id: string;
  /** As the system would have named them at their first order: decides their arms and the spread of their mails. */
  customerId: CustomerId;
  orders: readonly HistoryOrder[];
  refunds: readonly HistoryRefund[];
}>;
