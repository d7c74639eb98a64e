import { hashOf } from '../../shared/domain/hash.ts';
import type { DeliveryContext } from '../../shared/domain/intake/delivery.ts';
import type { Intake } from '../../shared/domain/intake/intake.ts';
import { standardIntake } from '../../shared/domain/intake/standard/standard.ts';
import { type EpochMs, seconds } from '../../shared/domain/time.ts';
import type { Problem } from '../middleware/problem.ts';
import { readBody } from './read-body.ts';
import type { Delivery } from './read-delivery.ts';

export type StandardAnswer =
  | Readonly<{ type: 'read'; intake: Intake }>
  | Readonly<{ type: 'refused'; problem: Problem }>;

const isJson = (contentType: string): boolean =>
  /^application\/(?:[\w.+-]+\+)?json\s*(?:;\s*charset="?utf-8"?\s*)?$/i.test(contentType.trim());

const unsupported: StandardAnswer = {
  type: 'refused',
  problem: {
    status: 415,
    title: 'Unsupported Media Type',
    detail: "the header 'content-type' must be application/json, in UTF-8",
    headers: { accept: 'application/json' },
  },
};

const unprocessable = (errors: NonNullable<Problem['errors']>): StandardAnswer => ({
  type: 'refused',
  problem: {
    status: 422,
    title: 'Unprocessable Content',
    detail: 'the body does not have the documented form; nothing was stored',
    errors,
  },
});

const contextOf = ({ store, headers }: Delivery, now: EpochMs): DeliveryContext => {
  const { 'webhook-id': id = '', 'webhook-timestamp': timestamp = '' } = headers;
  const eventId = /^[\w.:-]{1,128}$/.test(id) ? id : hashOf(['standard', id]);
  return {
    store,
    now,
    topic: '',
    eventId,
    deliveryId: eventId,
    triggeredAt: Math.min(now, seconds(Number(timestamp))),
  };
};

/** What a signed `standard` delivery means, or what is wrong with it. */
export const readStandard = (delivery: Delivery, now: EpochMs): StandardAnswer => {
  if (!isJson(delivery.headers['content-type'] ?? '')) return unsupported;
  const body = readBody(delivery.body);
  if (body.type === 'malformed') return unprocessable([{ path: '$', rule: body.reason }]);
  const reading = standardIntake(body.value, contextOf(delivery, now));
  return reading.type === 'faulty' ? unprocessable(reading.faults) : reading;
};
