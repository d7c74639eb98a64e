import { type Feedback, reasons, type Send, type SendState } from '../../../domain/sends/send.ts';
import { type Attributes, flag, number, oneOf, text } from '../codec/codec.ts';
import { corruptItem, itemOf } from '../codec/item.ts';
import { shape, tagged } from '../codec/shape.ts';
import { customerOfPk, customerPk, customerSk } from '../keys.ts';

/** The status stands at the top of the item because conditions name it. */
export const sendNames = { version: 'n', status: 's' } as const;

const stateShape = tagged<SendState, 'status'>('status', sendNames.status, {
  pending: shape({}),
  sending: shape({ leaseUntil: ['le', number] }),
  unknown: shape({ since: ['sc', number] }),
  sent: shape({ sentAt: ['sa', number], messageId: ['mi', text] }),
  skipped: shape({ reason: ['re', oneOf(reasons)], closedAt: ['cl', number] }),
  failed: shape({ reason: ['re', text], closedAt: ['cl', number] }),
  abandoned: shape({ closedAt: ['cl', number] }),
});

const feedbackShape = shape<Feedback>({
  deliveredAt: ['d', number, 'optional'],
  bouncedAt: ['b', number, 'optional'],
  bounce: ['bt', text, 'optional'],
  complainedAt: ['c', number, 'optional'],
  clickedAt: ['k', number, 'optional'],
  rejectedAt: ['r', number, 'optional'],
});

type Plain = Omit<Send, 'store' | 'customerId' | 'sendId' | 'state'>;
const plainShape = shape<Plain>({
  campaign: ['c', text],
  campaignVersion: ['cn', number],
  step: ['sp', text],
  template: ['t', text],
  occurrence: ['o', text],
  class: ['k', oneOf(['marketing', 'transactional']), { unless: 'marketing' }],
  priority: ['p', number],
  byOwnAct: ['ow', flag, { unless: false }],
  createdAt: ['ca', number],
  plannedAt: ['pl', number],
  notAfterMs: ['na', number],
  dueAt: ['du', number, 'optional'],
  attempt: ['at', number],
  version: [sendNames.version, number],
  feedback: ['f', feedbackShape],
});

const sendItem = itemOf<Plain & Pick<Send, 'state'>>('SEND', {
  write: (send) => ({ ...plainShape.write(send), ...stateShape.write(send.state) }),
  read: (item) => ({ ...plainShape.read(item), state: stateShape.read(item) }),
});

export const sendKey = ({ store, customerId, sendId }: Pick<Send, 'store' | 'customerId' | 'sendId'>) => ({
  pk: customerPk(store, customerId),
  sk: customerSk.send(sendId),
});

export const writeSend = (send: Send, due: Attributes = {}): Attributes => sendItem.write(sendKey(send), send, due);

export const readSend = (item: Attributes): Send => {
  const owner = customerOfPk(item['pk']?.S ?? '');
  if (owner === undefined) throw corruptItem(item, 'pk');
  return { ...sendItem.read(item), ...owner, sendId: (item['sk']?.S ?? '').slice(customerSk.send('').length) };
};
