import { days, minutes, toIso } from '../../../../../shared/domain/time.ts';
import type { Finished } from '../../run-scenario.ts';
import { topicOf } from '../../scenario/topics.ts';
import { marketingMails } from '../rows.ts';
import { heldAt, type Reservation, reservationsIn } from './reservations.ts';

/** Once a topic is left out nothing of it is committed any more, not even in that moment. */
export const topicsLeftOut = (run: Finished): readonly string[] =>
  reservationsIn(run).flatMap(({ send, family }) => {
    const topic = topicOf(send.campaign);
    const isLeftOut = family.some(({ contacts }) => contacts.at(-1)?.value.topicsOff?.includes(topic));
    return isLeftOut ? [`${send.campaign} was reserved although ${topic} had been left out`] : [];
  });

/** Whoever asked for less gets one mail in thirty days. Who comes back after an erasure is somebody nobody remembers. */
export const atMostMonthly = (run: Finished): readonly string[] => {
  const mails = marketingMails(run);
  const owners = new Map(reservationsIn(run).map(({ send }) => [send.sendId, send.customerId]));
  return reservationsIn(run).flatMap((reservation) => {
    const { send, at, seq, family } = reservation;
    if (!askedForLess(reservation)) return [];
    const ids = new Set(family.flatMap(({ customers }) => customers.map(({ value }) => value.customerId)));
    const own = mails.find(({ mail, seq: taken }) => mail.sendId === send.sendId && taken > seq);
    const others = mails.filter(
      ({ mail, at: then }) =>
        mail.sendId !== send.sendId &&
        mail.to === own?.mail.to &&
        ids.has(owners.get(mail.sendId) ?? '') &&
        then < at &&
        then > at - days(30) + minutes(5),
    );
    return others.length === 0 ? [] : [`${send.campaign} was reserved at ${toIso(at)}, the second in a month`];
  });
};

const askedForLess = ({ family, at }: Reservation): boolean =>
  family.some(({ contacts }) => {
    const held = heldAt(contacts, at);
    return held.length > 0 && held.every(({ monthlySince }) => monthlySince !== undefined);
  });

/** Where every yes has to be confirmed, nobody is mailed who confirmed none. */
export const confirmed = (run: Finished): readonly string[] => {
  const { doubleOptIn, buyersWithoutOptIn } = run.scenario.store;
  if (doubleOptIn !== 'always' || buyersWithoutOptIn !== 'never') return [];
  return reservationsIn(run).flatMap(({ send, family }) =>
    family.some(({ contacts }) => contacts.at(-1)?.value.confirmed !== undefined)
      ? []
      : [`${send.campaign} was reserved for somebody who never confirmed a yes`],
  );
};

/** Whoever waits for an answer or for money is not asked to buy. */
export const held = (run: Finished): readonly string[] =>
  reservationsIn(run).flatMap(({ send, at, family }) => {
    const isOpen = family.some(({ customers }) => {
      const known = heldAt(customers, at);
      return (
        known.length > 0 &&
        ['case.open', 'refund.open'].some((fact) => known.every(({ signals }) => signals?.[fact]?.value === true))
      );
    });
    return isOpen ? [`${send.campaign} was reserved at ${toIso(at)} for somebody with an open case`] : [];
  });
