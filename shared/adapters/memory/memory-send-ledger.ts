import type { Contact } from '../../domain/customers/contact.ts';
import type { Send } from '../../domain/sends/send.ts';
import type { SendLedger } from '../../ports/send-ledger.ts';
import { newsMoves, sendMoves, sentMove } from '../counter-moves.ts';
import { customerPk, customerSk } from '../dynamodb/keys.ts';
import { sendDue } from '../send-due.ts';
import { moveCounters } from './memory-counters.ts';
import type { MemoryTable } from './memory-table.ts';

const keyOf = ({ store, customerId, sendId }: Pick<Send, 'store' | 'customerId' | 'sendId'>) => ({
  pk: customerPk(store, customerId),
  sk: customerSk.send(sendId),
});
const contactKeyOf = ({ store, customerId }: Send) => ({ pk: customerPk(store, customerId), sk: customerSk.contact });

const put = (table: MemoryTable, send: Send): void => table.put('SEND', keyOf(send), send, sendDue(send));

const giveBack = (table: MemoryTable, send: Send): void => {
  const key = contactKeyOf(send);
  const contact: Contact = table.get('CONTACT', key) ?? { version: 0, sends: [] };
  const sends = contact.sends.filter((recent) => recent.sendId !== send.sendId);
  table.put('CONTACT', key, { ...contact, sends, version: contact.version + 1 });
};

export const memorySendLedger = (table: MemoryTable): SendLedger => ({
  async create(send) {
    if (table.get('SEND', keyOf(send))) return { type: 'stale' };
    put(table, send);
    moveCounters(table, send.store, sendMoves(undefined, send));
    return { type: 'saved' };
  },
  async load(store, customerId, sendId) {
    return table.get('SEND', keyOf({ store, customerId, sendId }));
  },
  async reserve(send, contact, others = []) {
    const there = table.get('SEND', keyOf(send));
    if (there?.version !== send.version - 1 || there.state.status !== 'pending') return { type: 'stale' };
    const seen = table.get('CONTACT', contactKeyOf(send))?.version ?? 0;
    const hasMoved = others.some(
      ({ customerId, version }) =>
        (table.get('CONTACT', contactKeyOf({ ...send, customerId }))?.version ?? 0) !== version,
    );
    if (seen !== contact.version - 1 || hasMoved) return { type: 'refused' };
    put(table, send);
    table.put('CONTACT', contactKeyOf(send), contact);
    return { type: 'saved' };
  },
  async update(send, options) {
    const there = table.get('SEND', keyOf(send));
    if (there?.version !== send.version - 1) return { type: 'stale' };
    put(table, send);
    moveCounters(table, send.store, [
      ...sendMoves(there, send),
      ...newsMoves(options?.badNews),
      ...[sentMove(there, send)].filter((move) => move !== undefined),
    ]);
    if (options?.giveBackSlot) giveBack(table, send);
    return { type: 'saved' };
  },
});
