import { describe, expect, it } from 'vitest';
import type { Contact } from '../../shared/domain/customers/contact.ts';
import type { Send, SendState } from '../../shared/domain/sends/send.ts';
import { days, minutes } from '../../shared/domain/time.ts';
import type { CustomerStore } from '../../shared/ports/customer-store.ts';
import type { DueIndex } from '../../shared/ports/due-index.ts';
import type { SendLedger } from '../../shared/ports/send-ledger.ts';
import type { Counters } from '../../shared/ports/store-settings.ts';
import { sampleNow, sampleSend } from '../support/samples.ts';

type LedgerWorld = Readonly<{ ledger: SendLedger; customers: CustomerStore; due: DueIndex; counters: Counters }>;
type Open = () => Promise<LedgerWorld>;

const { store, customerId, sendId } = sampleSend();
const day = '2026-01-05';
const stateAfter = (send: Send, state: SendState, dueAt?: number): Send => {
  const { dueAt: _, ...rest } = send;
  return { ...rest, state, version: send.version + 1, ...(dueAt !== undefined && { dueAt }) };
};
const leaseUntil = sampleNow + minutes(2);
const reserving = (send: Send = sampleSend()): Send => ({
  ...stateAfter(send, { status: 'sending', leaseUntil }, leaseUntil),
  attempt: send.attempt + 1,
});
const contactAfter = (version: number, over: Partial<Contact> = {}): Contact => ({
  version: version + 1,
  sends: [{ sendId, at: sampleNow }],
  ...over,
});
const sent = { status: 'sent', sentAt: sampleNow, messageId: 'm-1' } as const;
const load = ({ ledger }: LedgerWorld) => ledger.load(store, customerId, sendId);
const counts = async ({ counters }: LedgerWorld) =>
  (await counters.read(store, 'send:welcome', day, day))[0]?.counts ?? {};
const contactOf = async ({ customers }: LedgerWorld) => (await customers.load(store, customerId, 'decision')).contact;

const reserved = async (open: Open): Promise<LedgerWorld> => {
  const world = await open();
  await world.ledger.create(sampleSend());
  expect(await world.ledger.reserve(reserving(), contactAfter(0))).toEqual({ type: 'saved' });
  return world;
};

const clicks = (open: Open): void => {
  it('has a mail reserved only where none came since the guardrails looked: the reservation writes CONTACT whole', async () => {
    const world = await open();
    await world.ledger.create(sampleSend());
    await world.customers.restrictContact(store, customerId, { liftedAt: 1 });
    const seen = await contactOf(world);
    expect(await world.customers.noteClick(store, customerId, 50)).toBe(true);
    expect(await world.ledger.reserve(reserving(), contactAfter(seen.version, { liftedAt: 1 }))).toEqual({
      type: 'refused',
    });
    expect(await contactOf(world)).toMatchObject({ lastClickAt: 50, liftedAt: 1 });
  });
};

const creation = (open: Open): void => {
  it('writes a send once, pending and due', async () => {
    const world = await open();
    expect(await world.ledger.create(sampleSend())).toEqual({ type: 'saved' });
    expect(await world.ledger.create(sampleSend({ priority: 1 }))).toEqual({ type: 'stale' });
    expect(await load(world)).toEqual(sampleSend());
    expect(await world.ledger.load(store, customerId, 'other')).toBeUndefined();
    expect((await world.due.oldest('send', 0, 5)).map(({ item }) => item)).toEqual([`SEND#${sendId}`]);
    expect(await counts(world)).toEqual({});
  });

  it('counts a send that is closed from the start once, and never keeps it due', async () => {
    const world = await open();
    const held = sampleSend({ state: { status: 'skipped', reason: 'holdout', closedAt: sampleNow } });
    const outcomes = await Promise.all([1, 2, 3].map(() => world.ledger.create(held)));
    expect(outcomes.map(({ type }) => type).sort()).toEqual(['saved', 'stale', 'stale']);
    expect(await counts(world)).toEqual({ 'skipped:holdout': 1 });
    expect(await world.due.oldest('send', 0, 5)).toEqual([]);
  });
};

const reservation = (open: Open): void => {
  it('moves the send and the contact together, and the send from due to leased', async () => {
    const world = await reserved(open);
    expect(await load(world)).toEqual(reserving());
    expect(await contactOf(world)).toEqual(contactAfter(0));
    expect(await world.due.oldest('send', 0, 5)).toEqual([]);
    expect((await world.due.oldest('lease', 0, 5)).map(({ dueAt }) => dueAt)).toEqual([leaseUntil]);
  });

  it('lets one of several reservations of the same send win', async () => {
    const world = await open();
    await world.ledger.create(sampleSend());
    const outcomes = await Promise.all([1, 2, 3, 4].map(() => world.ledger.reserve(reserving(), contactAfter(0))));
    expect(outcomes.filter(({ type }) => type === 'saved')).toHaveLength(1);
  });

  it('is refused when the contact moved after it was read, and changes nothing', async () => {
    const world = await open();
    await world.ledger.create(sampleSend());
    await world.customers.restrictContact(store, customerId, { optedOutAt: sampleNow });
    expect(await world.ledger.reserve(reserving(), contactAfter(0))).toEqual({ type: 'refused' });
    expect(await load(world)).toEqual(sampleSend());
    expect(await contactOf(world)).toEqual({ version: 1, optedOutAt: sampleNow, sends: [] });
  });

  it('is refused when the contact of an alias moved, and only then', async () => {
    const world = await open();
    await world.ledger.create(sampleSend());
    const unseen = [{ customerId: 'alias', version: 0 }];
    await world.customers.restrictContact(store, 'alias', { optedOutAt: sampleNow });
    expect(await world.ledger.reserve(reserving(), contactAfter(0), unseen)).toEqual({ type: 'refused' });
    expect(await load(world)).toEqual(sampleSend());
    const seen = [
      { customerId: 'alias', version: 1 },
      { customerId: 'nobody', version: 0 },
    ];
    expect(await world.ledger.reserve(reserving(), contactAfter(0), seen)).toEqual({ type: 'saved' });
  });

  it('is refused when it names a contact version that never was', async () => {
    const world = await open();
    await world.ledger.create(sampleSend());
    expect(await world.ledger.reserve(reserving(), contactAfter(4))).toEqual({ type: 'refused' });
  });

  it('is stale when the send moved, was never written, or is not pending', async () => {
    const world = await open();
    expect(await world.ledger.reserve(reserving(), contactAfter(0))).toEqual({ type: 'stale' });
    await world.ledger.create(sampleSend());
    const later = sampleSend({ version: 2, dueAt: sampleNow + days(8) });
    expect(await world.ledger.update(later)).toEqual({ type: 'saved' });
    expect(await world.ledger.reserve(reserving(), contactAfter(0))).toEqual({ type: 'stale' });
    const closed = stateAfter(later, { status: 'skipped', reason: 'cap', closedAt: sampleNow });
    await world.ledger.update(closed);
    expect(await world.ledger.reserve(reserving(closed), contactAfter(0))).toEqual({ type: 'stale' });
  });

  it('gives a slot back without touching what else the contact says', async () => {
    const world = await reserved(open);
    const again = stateAfter(reserving(), { status: 'pending' }, sampleNow + minutes(5));
    await world.customers.restrictContact(store, customerId, { optedOutAt: sampleNow });
    expect(await world.ledger.update(again, { giveBackSlot: true })).toEqual({ type: 'saved' });
    expect(await contactOf(world)).toEqual({ version: 3, optedOutAt: sampleNow, sends: [] });
    expect((await world.due.oldest('send', 0, 5)).map(({ dueAt }) => dueAt)).toEqual([sampleNow + minutes(5)]);
    expect(await counts(world)).toEqual({});
  });

  it('gives no slot back when the send had moved', async () => {
    const world = await reserved(open);
    const wrong = { ...stateAfter(reserving(), { status: 'pending' }, 5), version: 9 };
    expect(await world.ledger.update(wrong, { giveBackSlot: true })).toEqual({ type: 'stale' });
    expect((await contactOf(world)).sends).toHaveLength(1);
  });

  it('drops slots the new contact no longer names', async () => {
    const world = await reserved(open);
    await world.ledger.create(sampleSend({ sendId: 'second' }));
    const second = reserving(sampleSend({ sendId: 'second' }));
    const sends = [{ sendId: 'second', at: sampleNow + 1 }];
    expect(await world.ledger.reserve(second, { version: 2, sends })).toEqual({ type: 'saved' });
    expect(await contactOf(world)).toEqual({ version: 2, sends });
  });
};

const closings: readonly Readonly<{ state: SendState; name: string }>[] = [
  { state: sent, name: 'sent' },
  { state: { status: 'skipped', reason: 'not-after', closedAt: sampleNow }, name: 'skipped:not-after' },
  { state: { status: 'failed', reason: 'message-rejected', closedAt: sampleNow }, name: 'failed:message-rejected' },
  { state: { status: 'abandoned', closedAt: sampleNow }, name: 'abandoned' },
];

const closing = (open: Open): void => {
  it.each(closings)('counts $name once and takes the send out of the due index', async ({ state, name }) => {
    const world = await reserved(open);
    const closed = stateAfter(reserving(), state);
    const outcomes = await Promise.all([1, 2, 3].map(() => world.ledger.update(closed)));
    expect(outcomes.map(({ type }) => type).sort()).toEqual(['saved', 'stale', 'stale']);
    expect(await load(world)).toEqual(closed);
    expect(await counts(world)).toEqual({ [name]: 1 });
    expect(await world.due.oldest('lease', 0, 5)).toEqual([]);
  });

  it('does not count again when feedback comes after the closing', async () => {
    const world = await reserved(open);
    const closed = stateAfter(reserving(), sent);
    await world.ledger.update(closed);
    const told = { ...closed, version: closed.version + 1, feedback: { deliveredAt: 1, bounce: 'General' } };
    expect(await world.ledger.update(told)).toEqual({ type: 'saved' });
    expect(await load(world)).toEqual(told);
    expect(await counts(world)).toEqual({ sent: 1 });
  });

  it('counts the closing when feedback came before it', async () => {
    const world = await reserved(open);
    const told = { ...reserving(), version: 3, feedback: { deliveredAt: 1 } };
    expect(await world.ledger.update(told)).toEqual({ type: 'saved' });
    expect(await counts(world)).toEqual({});
    expect(await world.ledger.update(stateAfter(told, sent))).toEqual({ type: 'saved' });
    expect(await counts(world)).toEqual({ sent: 1 });
  });

  it('counts a closing and its first feedback written as one', async () => {
    const world = await reserved(open);
    const both = { ...stateAfter(reserving(), sent), feedback: { clickedAt: 9 } };
    expect(await world.ledger.update(both)).toEqual({ type: 'saved' });
    expect(await counts(world)).toEqual({ sent: 1 });
  });

  it('corrects the count when a mail given up turns out to have been sent', async () => {
    const world = await reserved(open);
    const unknown = stateAfter(reserving(), { status: 'unknown', since: sampleNow }, sampleNow + minutes(15));
    await world.ledger.update(unknown);
    expect(await world.due.oldest('lease', 0, 5)).toHaveLength(1);
    const given = stateAfter(unknown, { status: 'abandoned', closedAt: sampleNow });
    await world.ledger.update(given);
    const repaired = { ...stateAfter(given, sent), feedback: { deliveredAt: 3 } };
    expect(await world.ledger.update(repaired)).toEqual({ type: 'saved' });
    expect(await counts(world)).toEqual({ abandoned: 0, sent: 1 });
    expect(await load(world)).toEqual(repaired);
  });
};

/** Every send ledger keeps these rules. `due` has one shard. */
export const sendLedgerContract = (open: Open): void => {
  describe('creation', () => creation(open));
  describe('reservation', () => reservation(open));
  describe('a click', () => clicks(open));
  describe('closing', () => closing(open));
};
