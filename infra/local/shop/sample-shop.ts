import { domainToASCII } from 'node:url';
import { days, type EpochMs } from '../../../shared/domain/time.ts';
import { type Agenda, agenda } from '../start/play/agenda.ts';
import type { Act, ReceivedMail, Script } from '../start/play/script.ts';
import { siteUrl } from './catalogue.ts';
import { accountDelayMs, accountDelivery, optInDelivery, orderDeliveries } from './deliveries.ts';
import { fateOf, placeOrder } from './orders.ts';
import { makePeople, nextOrderAt, type Person } from './people.ts';
import { randomFor } from './random.ts';
import { codeIn, reactionTo, unsubscribeUrlOf } from './reactions.ts';

export type SampleShopOptions = Readonly<{
  seed: number;
  customers: number;
  from: EpochMs;
  to: EpochMs;
  /** Reward codes the till takes. */
  codes: readonly string[];
}>;

/** What the till knows about somebody so far. */
type Standing = { orders: number; mails: number; consentAt?: EpochMs };

/** Somebody means to order; one intention a person at a time. */
type Intention = Readonly<{ at: EpochMs; person: Person; code?: string }>;

/** "Harbour & Pine": about a thousand people who buy by their own rhythm, lose interest, and react to mail. */
export const sampleShop = (options: SampleShopOptions): Script => {
  const { seed, from, to } = options;
  const people = makePeople(seed, options.customers, from, to);
  const byAddress = new Map(people.map((person) => [asciiAddress(person.email), person]));
  const standings = new Map<Person, Standing>();
  const acts = agenda<Act>();
  const intentions: Agenda<Intention> = agenda();
  let orderNumber = 1_000;

  const standingOf = (person: Person): Standing => {
    const known = standings.get(person) ?? { orders: 0, mails: 0 };
    standings.set(person, known);
    return known;
  };

  const intend = (person: Person, at: EpochMs | undefined, code?: string): void => {
    intentions.drop((intention) => intention.person === person);
    if (at !== undefined && at <= to) intentions.add({ at, person, ...(code === undefined ? {} : { code }) });
  };

  const learnConsent = (person: Person, standing: Standing, at: EpochMs): void => {
    if (standing.orders > 1) return;
    if (person.consent === 'at-checkout') standing.consentAt = at;
    if (person.consent !== 'later') return;
    const optInAt = at + days(5 + 90 * randomFor(seed, 'opt-in', person.number)());
    acts.add(optInDelivery(person, optInAt));
  };

  const order = ({ person, at, code }: Intention): void => {
    const standing = standingOf(person);
    standing.orders += 1;
    learnConsent(person, standing, at);
    const { consentAt, orders: occasion } = standing;
    orderNumber += 1;
    const placed = placeOrder(seed, person, {
      number: orderNumber,
      occasion,
      placedAt: at,
      ...(code === undefined ? {} : { code }),
      ...(consentAt === undefined ? {} : { consentAt }),
    });
    for (const act of orderDeliveries(seed, placed, fateOf(seed, placed))) acts.add(act);
    const makesAccount = person.account === 'after-first-order' && occasion === 2 && placed.source === 'shopify';
    if (makesAccount) acts.add(accountDelivery(person, at + accountDelayMs, consentAt));
    intend(person, nextOrderAt(seed, person, occasion, at));
  };

  const signUp = (person: Person): void => {
    standingOf(person).consentAt = person.arrivesAt;
    acts.add(accountDelivery(person, person.arrivesAt, person.arrivesAt));
  };

  const react = (person: Person, mail: ReceivedMail): void => {
    const standing = standingOf(person);
    standing.mails += 1;
    const reaction = reactionTo(seed, person, mail, standing.mails);
    const chain = `p${person.number}`;
    if (reaction.type === 'nothing') return;
    if (reaction.type === 'unsubscribe') {
      const url = unsubscribeUrlOf(mail);
      if (url !== undefined) acts.add({ type: 'unsubscribe', at: reaction.at, chain, url, address: mail.to });
    } else if (reaction.type === 'order') {
      acts.add(clickOn(mail, chain, reaction.clickAt));
      intend(person, reaction.at, codeIn(mail, options.codes));
    } else if (reaction.type === 'click') acts.add(clickOn(mail, chain, reaction.at));
    else acts.add({ type: 'mail-event', at: reaction.at, chain, messageId: mail.id, event: reaction.type });
  };

  for (const person of people) {
    if (person.buys) intend(person, person.arrivesAt);
    else signUp(person);
  }

  /** Turns intentions into orders, so that what follows from them is on the agenda too. */
  const settle = (until: EpochMs): void => {
    for (let due = intentions.take(until); due.length > 0; due = intentions.take(until)) due.forEach(order);
  };

  return {
    from,
    to,
    nextAt: () => {
      const next = Math.min(acts.nextAt() ?? Number.POSITIVE_INFINITY, intentions.nextAt() ?? Number.POSITIVE_INFINITY);
      return next <= to ? next : undefined;
    },
    take: (until) => {
      settle(Math.min(until, to));
      return acts.take(Math.min(until, to));
    },
    receive: (mail) => {
      const person = byAddress.get(mail.to.toLowerCase());
      if (person !== undefined) react(person, mail);
    },
    zoneOf: (address) => byAddress.get(address.toLowerCase())?.place.zone,
  };
};

const asciiAddress = (address: string): string => {
  const [local, domain = ''] = address.toLowerCase().split('@');
  return `${local}@${domainToASCII(domain)}`;
};

const clickOn = (mail: ReceivedMail, chain: string, at: EpochMs): Act => ({
  type: 'mail-event',
  at,
  chain,
  messageId: mail.id,
  event: 'click',
  detail: { link: siteUrl, timestamp: new Date(at).toISOString(), ipAddress: '192.0.2.1', userAgent: 'Mozilla/5.0' },
});
