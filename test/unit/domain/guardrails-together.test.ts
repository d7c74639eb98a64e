import { describe, expect, it } from 'vitest';
import { defaultCampaigns } from '../../../shared/domain/campaigns/default-campaigns.ts';
import type { Enrolment } from '../../../shared/domain/campaigns/enrolment.ts';
import { noContact } from '../../../shared/domain/customers/contact.ts';
import { type ChooseInput, choose } from '../../../shared/domain/sends/choose.ts';
import type { Send } from '../../../shared/domain/sends/send.ts';
import { days, hours } from '../../../shared/domain/time.ts';
import { policy, rowsAt, start, subjectWith } from '../../support/customers.ts';
import { ada, shop } from '../../support/world.ts';

const noon = start + hours(3);

const sendOf = (campaign: string, change: Partial<Send> = {}): Send => ({
  sendId: campaign,
  store: 'demo',
  customerId: 'c',
  campaign,
  campaignVersion: 1,
  step: defaultCampaigns.find(({ id }) => id === campaign)?.steps[0]?.name ?? '',
  template: '',
  occurrence: '1',
  class: 'marketing',
  priority: defaultCampaigns.find(({ id }) => id === campaign)?.priority ?? 0,
  byOwnAct: false,
  createdAt: noon - days(10),
  plannedAt: noon,
  notAfterMs: days(5),
  dueAt: noon,
  attempt: 0,
  version: 1,
  state: { status: 'pending' },
  feedback: {},
  ...change,
});

const { consent, ...profile } = ada;
const input = (sends: readonly Send[], change: Partial<ChooseInput> = {}): ChooseInput => {
  const rows = rowsAt(noon - days(100), noon - days(60));
  const subject = subjectWith(rows, noon);
  return {
    store: shop,
    sends,
    campaigns: defaultCampaigns,
    files: [
      {
        customer: {
          store: 'demo',
          customerId: 'c',
          version: 1,
          firstSeenAt: start,
          experimentKey: 'c',
          generation: 0,
          identities: [],
          profile,
          profileAt: start,
          ...(consent && { consent: { state: 'granted', at: consent.at, basis: 'express', statement: 's' } }),
          history: subject.history,
          stage: 'active',
          visit: 1,
          since: start,
          decidedAt: start,
          cause: 'order',
          decidedUnder: { lifecycle: 1, fit: 0 },
        },
        contact: noContact,
      },
    ],
    suppressed: false,
    subject,
    enrolments: [],
    visits: [],
    orderRows: rows,
    policy,
    recent: [],
    now: noon,
    ...change,
  };
};

describe('after an older copy of the table came back', () => {
  const store = { ...shop, restoredAt: noon - days(1) };

  it('what the copy held unsent is withheld, of every class, and what was planned since goes', () => {
    const old = [
      sendOf('win-back'),
      sendOf('consent-confirmation', { class: 'transactional' }),
      sendOf('nobody-knows-it-now'),
      sendOf('rescue', { createdAt: store.restoredAt }),
    ];
    const choices = choose(input([...old, sendOf('welcome', { createdAt: noon - hours(2) })], { store }));
    const reasons = Object.fromEntries(
      choices.map((choice) => [choice.send.campaign, 'reason' in choice ? choice.reason : choice.type]),
    );
    expect(reasons).toMatchObject(Object.fromEntries(old.map(({ campaign }) => [campaign, 'restored'])));
    expect(reasons['welcome']).not.toBe('restored');
  });

  it('a later mail of an enrolment from before is withheld as well', () => {
    const enrolment: Enrolment = {
      campaign: 'win-back',
      version: 1,
      occurrence: '1',
      arm: 'mailed',
      status: 'running',
      enrolledAt: noon - days(2),
      goalUntil: noon + days(9),
    };
    const later = sendOf('win-back', { createdAt: noon - hours(2) });
    expect(choose(input([later], { store, enrolments: [enrolment] }))).toMatchObject([
      { type: 'skip', reason: 'restored' },
    ]);
  });
});

describe('mails due together', () => {
  it('only the one of higher priority goes; the other waits until the cap frees', () => {
    const choices = choose(input([sendOf('win-back'), sendOf('rescue')]));
    expect(choices.map((choice) => [choice.send.campaign, choice.type])).toEqual([
      ['rescue', 'go'],
      ['win-back', 'wait'],
    ]);
    expect(choices[1]).toMatchObject({ reason: 'cap', until: noon + hours(20) });
  });

  it('a mail not due yet is left alone', () => {
    expect(choose(input([sendOf('rescue', { dueAt: noon + 1 })]))).toEqual([]);
  });

  it('the guardrails object in their order', () => {
    const reasonOf = (change: Partial<ChooseInput>, send = sendOf('rescue')) => {
      const [choice] = choose(input([send], change));
      return choice?.type === 'go' ? 'go' : choice?.reason;
    };
    const [file] = input([]).files;
    const contact = (restriction: object) =>
      [{ customer: file.customer, contact: { ...noContact, ...restriction } }] as const;
    expect(reasonOf({})).toBe('go');
    expect(reasonOf({ files: contact({ erasedAt: start, suppressedAt: start }) })).toBe('erased');
    expect(reasonOf({ suppressed: true, files: contact({ optedOutAt: noon }) })).toBe('suppressed');
    expect(reasonOf({ files: contact({ optedOutAt: noon }) })).toBe('no-consent');
    expect(reasonOf({ files: contact({ optedOutAt: start - days(30) }) })).toBe('go');
    expect(reasonOf({ files: contact({ complainedAt: start - days(30) }) })).toBe('no-consent');
    expect(reasonOf({}, sendOf('rescue', { plannedAt: noon - days(5) - 1 }))).toBe('not-after');
    expect(reasonOf({ orderRows: rowsAt(noon - days(1)) })).toBe('held');
    expect(reasonOf({ recent: [{ sendId: 'x', at: noon - hours(19) }] })).toBe('cap');
    expect(reasonOf({ now: noon + hours(12) })).toBe('quiet-hours');
    const heldOut = {
      campaign: 'rescue',
      version: 1,
      occurrence: '1',
      arm: 'held-out',
      enrolledAt: noon,
      goalUntil: noon,
      status: 'running',
    } as const;
    expect(reasonOf({ enrolments: [heldOut] })).toBe('holdout');
    expect(reasonOf({ enrolments: [{ ...heldOut, arm: 'mailed', enrolledAt: noon - days(61) }] })).toBe('goal-reached');
  });

  it('leaving the stage by an order stops a mail, passing on by time does not', () => {
    const visit = (cause: 'order' | 'time') =>
      [
        { visit: 2, stage: 'x', effectiveAt: noon, decidedAt: noon, cause, decidedUnder: { lifecycle: 1, fit: 0 } },
      ] as const;
    expect(choose(input([sendOf('rescue')], { visits: visit('order') }))[0]).toMatchObject({
      type: 'skip',
      reason: 'stage-left',
    });
    expect(choose(input([sendOf('rescue')], { visits: visit('time') }))[0]).toMatchObject({ type: 'go' });
  });

  it('a mail of a paused campaign waits, and is skipped once it is too late', () => {
    expect(choose(input([sendOf('rescue')], { campaigns: [] }))[0]).toMatchObject({ type: 'wait', reason: 'held' });
    const late = sendOf('rescue', { plannedAt: noon - days(6) });
    expect(choose(input([late], { campaigns: [] }))[0]).toMatchObject({ type: 'skip', reason: 'not-after' });
  });
});
