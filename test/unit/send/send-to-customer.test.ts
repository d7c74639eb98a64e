import { describe, expect, it } from 'vitest';
import { sendToCustomer } from '../../../functions/send/send-to-customer.ts';
import type { Send } from '../../../shared/domain/sends/send.ts';
import { days, hours } from '../../../shared/domain/time.ts';
import type { MailOutcome } from '../../../shared/ports/mailer.ts';
import { start } from '../../support/customers.ts';
import { anOrder, makeWorld } from '../../support/world.ts';

const noon = start + hours(3);

/** A customer with two mails due at noon, one of each of two campaigns. */
const twoDue = async (outcome?: (nth: number) => MailOutcome) => {
  const world = await makeWorld();
  await world.order(anOrder({ orderId: '1', placedAt: start - days(100), updatedAt: start }));
  const customer = (await world.customerOf('standard:c-1'))?.customer;
  const sendOf = (campaign: string, template: string, priority: number): Send => ({
    ...{
      sendId: `send-${campaign}`,
      store: 'demo',
      customerId: customer?.customerId ?? '',
      campaign,
      campaignVersion: 1,
    },
    ...{ step: template.split('/')[1] ?? '', template, occurrence: '1', class: 'marketing', priority, byOwnAct: false },
    ...{
      createdAt: start,
      plannedAt: noon,
      notAfterMs: days(5),
      dueAt: noon,
      attempt: 0,
      version: 1,
      state: { status: 'pending' },
      feedback: {},
    },
  });
  await world.deps.ledger.create(sendOf('win-back', 'win-back/since-you-left', 45));
  await world.deps.ledger.create(sendOf('rescue', 'rescue/all-well', 50));
  const sent: string[] = [];
  const mailer = {
    send: async (mail: { tags: Readonly<Record<string, string>> }): Promise<MailOutcome> => {
      sent.push(mail.tags['campaign'] ?? '');
      return outcome?.(sent.length) ?? { type: 'accepted', messageId: `m-${sent.length}` };
    },
  };
  const call = { store: 'demo', customer: customer?.customerId ?? '' };
  return {
    world,
    sent,
    go: (now: number) => sendToCustomer({ ...world.deps, mailer }, call, now),
    file: async () => world.customerOf('standard:c-1'),
  };
};

const statusOf = (sends: readonly Send[] | undefined, campaign: string) =>
  sends?.find((send) => send.campaign === campaign)?.state.status;

describe('sending to one customer', () => {
  it('of two campaigns due together the higher priority goes, the other waits until the cap frees', async () => {
    const { sent, go, file } = await twoDue();
    await go(noon);
    expect(sent).toEqual(['rescue']);
    const waiting = (await file())?.sends.find(({ campaign }) => campaign === 'win-back');
    expect(waiting).toMatchObject({ state: { status: 'pending' }, dueAt: noon + hours(20) });
    await go(noon + hours(20));
    expect(sent).toEqual(['rescue']);
    await go(noon + hours(23));
    expect(sent).toEqual(['rescue', 'win-back']);
  });

  it('called twice for the same mail it mails once', async () => {
    const { sent, go } = await twoDue();
    await Promise.all([go(noon), go(noon), go(noon)]);
    expect(sent).toEqual(['rescue']);
  });

  it('an opt-out between the decision and the reservation stops the mail', async () => {
    const { world, sent, go, file } = await twoDue();
    const { ledger } = world.deps;
    world.deps.ledger = {
      ...ledger,
      reserve: async (send, contact) => {
        await world.deps.customers.restrictContact('demo', send.customerId, { optedOutAt: noon });
        return ledger.reserve(send, contact);
      },
    };
    await go(noon);
    expect(sent).toEqual([]);
    await go(noon + 1);
    expect((await file())?.sends.map(({ state }) => state)).toEqual([
      expect.objectContaining({ status: 'skipped', reason: 'no-consent' }),
      expect.objectContaining({ status: 'skipped', reason: 'no-consent' }),
    ]);
  });

  it('a definite refusal gives the slot back, so the other campaign may go', async () => {
    const { sent, go, file } = await twoDue((nth) =>
      nth === 1 ? { type: 'refused', code: 'MessageRejected', retry: 'never' } : { type: 'accepted', messageId: 'm' },
    );
    await go(noon);
    expect(statusOf((await file())?.sends, 'rescue')).toBe('failed');
    expect((await file())?.contact.sends).toEqual([]);
    await go(noon + hours(23));
    expect(sent).toEqual(['rescue', 'win-back']);
  });

  it('when the provider says slower the mail waits in the table', async () => {
    const { go, file } = await twoDue(() => ({ type: 'refused', code: 'TooManyRequestsException', retry: 'slower' }));
    await go(noon);
    expect((await file())?.sends.find(({ campaign }) => campaign === 'rescue')).toMatchObject({
      state: { status: 'pending' },
      // A little later than the minute, so that what ranks higher comes back first; and no attempt is spent.
      dueAt: noon + 61_020,
      attempt: 0,
    });
  });

  it('an ambiguous attempt is unknown, keeps its slot, and is never repeated blindly', async () => {
    const { sent, go, file } = await twoDue(() => ({ type: 'ambiguous', code: 'TimeoutError' }));
    await go(noon);
    await go(noon + 1);
    expect(sent).toEqual(['rescue']);
    expect(statusOf((await file())?.sends, 'rescue')).toBe('unknown');
    expect((await file())?.contact.sends).toHaveLength(1);
  });
});
