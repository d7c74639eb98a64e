/** "Look at this customer now": may be lost or doubled, the due index is the truth. */
export type CustomerCall = Readonly<{ store: string; customer: string }>;

export interface WorkQueue {
  enqueue(calls: readonly CustomerCall[]): Promise<void>;
}
