import { describe, expect, it } from 'vitest';
import type { ReceivedMail } from '../../../infra/local/start/play/script.ts';
import {
  mailedAfterUnsubscribe,
  mailedInQuietHours,
  mailedTwice,
} from '../../../infra/local/start/summary/promises.ts';
import type { Send } from '../../../shared/domain/sends/send.ts';

const day = 86_400_000;
const noon = Date.parse('2026-07-01T12:00:00Z');
const mail = (id: string, at: number, send = id): ReceivedMail => ({
  id,
  at,
  to: 'ada@example.com',
  subject: '',
  headers: {},
  text: '',
  tags: { campaign: 'win-back', step: 'since', send, customer: 'c1' },
});
const nobody = { sends: [], contacts: new Map(), customers: [] };

describe('what must never happen is counted, not assumed', () => {
  it('one send mailed twice, or one campaign to one address twice in a month', () => {
    expect(mailedTwice([mail('1', noon), mail('2', noon + 40 * day)])).toBe(0);
    expect(mailedTwice([mail('1', noon), mail('2', noon + 40 * day, '1')])).toBe(1);
    expect(mailedTwice([mail('1', noon), mail('2', noon + 5 * day)])).toBe(1);
  });

  it('quiet hours of where the person lives, both ends', () => {
    const at = (time: string): number =>
      mailedInQuietHours([mail('1', Date.parse(`2026-07-01T${time}Z`))], () => 'America/New_York', {});
    expect([at('11:59'), at('12:00'), at('00:59'), at('01:00')]).toEqual([1, 0, 0, 1]);
  });

  it('mail after a confirmed unsubscribe, told by the world or by the ledger, counted once', () => {
    const optOuts = [{ address: 'ada@example.com', at: noon }];
    expect(mailedAfterUnsubscribe([mail('1', noon - 1)], optOuts, nobody)).toBe(0);
    expect(mailedAfterUnsubscribe([mail('1', noon + 1)], optOuts, nobody)).toBe(1);
    const sent: Send = {
      ...{
        sendId: 's',
        store: 'demo',
        customerId: 'c1',
        campaign: 'win-back',
        campaignVersion: 1,
        step: 'since',
        template: 't',
      },
      ...{
        occurrence: '1',
        class: 'marketing',
        priority: 1,
        byOwnAct: false,
        createdAt: noon,
        plannedAt: noon,
        notAfterMs: day,
      },
      ...{ attempt: 1, version: 2, feedback: {}, state: { status: 'sent', sentAt: noon + 1, messageId: '1' } },
    };
    const contacts = new Map([['c1', { version: 1, optedOutAt: noon, sends: [] }]]);
    expect(mailedAfterUnsubscribe([mail('1', noon + 1)], optOuts, { sends: [sent], contacts, customers: [] })).toBe(1);
    expect(mailedAfterUnsubscribe([], [], { sends: [sent], contacts, customers: [] })).toBe(1);
  });
});
