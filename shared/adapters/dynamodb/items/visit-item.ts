import type { ConsentPurpose, ConsentStatement } from '../../../domain/consent/statement.ts';
import type { Visit } from '../../../domain/customers/visit.ts';
import { causes } from '../../../domain/lifecycle/cause.ts';
import { type Codec, DecodeFault, flag, number, oneOf, text } from '../codec/codec.ts';
import { itemOf } from '../codec/item.ts';
import { shape } from '../codec/shape.ts';
import { decidedUnderShape } from './customer-item.ts';

/** What stands in the due index until an enrolment decision is written keeps its time here too. */
export const triggerDueName = 'dueAt';

export const visitItem = itemOf(
  'VISIT',
  shape<Visit>({
    visit: ['vi', number],
    stage: ['s', text],
    from: ['fr', text, 'optional'],
    effectiveAt: ['ea', number],
    decidedAt: ['da', number],
    cause: ['ca', oneOf(causes)],
    causeOrder: ['cr', text, 'optional'],
    decidedUnder: ['du', decidedUnderShape],
    dueAt: [triggerDueName, number, 'optional'],
  }),
);

const isPurpose = (word: string): word is ConsentPurpose => word === 'marketing' || word.startsWith('topic:');
const purpose: Codec<ConsentPurpose> = {
  encode: (value) => text.encode(value),
  decode: (attribute, path) => {
    const word = text.decode(attribute, path);
    if (isPurpose(word)) return word;
    throw new DecodeFault(path);
  },
};

export const consentItem = itemOf(
  'CONSENT',
  shape<ConsentStatement>({
    id: ['i', text],
    purpose: ['p', purpose],
    state: ['s', oneOf(['granted', 'pending', 'withdrawn'])],
    basis: ['b', oneOf(['express', 'soft', 'implied'])],
    confirmed: ['cf', flag, 'optional'],
    source: ['o', text],
    at: ['a', number],
    recordedAt: ['r', number],
    dueAt: [triggerDueName, number, 'optional'],
  }),
);
