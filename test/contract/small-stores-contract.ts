import { expect, it } from 'vitest';
import type { StoreSettings } from '../../shared/domain/store.ts';
import { minutes } from '../../shared/domain/time.ts';
import type { CustomerStore } from '../../shared/ports/customer-store.ts';
import type { DueIndex } from '../../shared/ports/due-index.ts';
import type { IdentityStore } from '../../shared/ports/identity-store.ts';
import type { StoreCatalogue, SuppressionList } from '../../shared/ports/store-settings.ts';
import { sampleCustomer, sampleNow } from '../support/samples.ts';

/** Every identity store keeps these rules. */
export const identityStoreContract = (open: () => Promise<IdentityStore>): void => {
  const email = 'email:Zk3vXh1Jp0aQwErTyUiOpAsDfGhJkLzX';

  it('knows nobody before a claim and the claimant after', async () => {
    const identities = await open();
    expect(await identities.find('demo', email)).toBeUndefined();
    expect(await identities.claim('demo', email, 'a')).toBe('a');
    expect(await identities.find('demo', email)).toBe('a');
    expect(await identities.find('other', email)).toBeUndefined();
    expect(await identities.find('demo', 'shopify:1')).toBeUndefined();
  });

  it('answers every later claimant with the first', async () => {
    const identities = await open();
    const owners = await Promise.all(['a', 'b', 'c'].map((id) => identities.claim('demo', email, id)));
    expect(new Set(owners).size).toBe(1);
    expect(await identities.claim('demo', email, 'd')).toBe(owners[0]);
  });

  it('passes an identity on from those named, in one write', async () => {
    const identities = await open();
    expect(await identities.claim('demo', email, 'b', ['a'])).toBe('b');
    expect(await identities.claim('demo', email, 'c', ['a', 'b'])).toBe('c');
    expect(await identities.claim('demo', email, 'c', ['a', 'b'])).toBe('c');
    expect(await identities.find('demo', email)).toBe('c');
  });

  it('takes an identity from nobody but those named', async () => {
    const identities = await open();
    await identities.claim('demo', email, 'b');
    expect(await identities.claim('demo', email, 'd', ['a', 'c'])).toBe('b');
    expect(await identities.find('demo', email)).toBe('b');
  });
};

const settings: StoreSettings = {
  id: 'demo',
  name: 'Demo',
  currency: 'GBP',
  timeZone: 'Europe/London',
  horizonDays: 90,
  rhythm: 'normal',
  buyersWithoutOptIn: 'never',
  pendingCounts: false,
  exclude: { tags: ['staff'], emailDomains: [] },
  rewardCodes: { gift: 'TEA-10' },
  activeCampaigns: ['welcome'],
  createdAt: sampleNow,
};
const full: StoreSettings = {
  ...settings,
  from: 'Demo <hello@demo.example>',
  replyTo: 'care@demo.example',
  postalAddress: '1 High Street',
  siteUrl: 'https://demo.example',
  baseUrl: 'https://mail.demo.example',
  quietHours: '21:00-08:00',
  softOptInCountries: ['GB'],
};

/** Every store catalogue keeps these rules. */
export const storeCatalogueContract = (open: () => Promise<StoreCatalogue>): void => {
  it.each([settings, full])('gives back exactly the settings that were put', async (one) => {
    const catalogue = await open();
    expect(await catalogue.settings('demo', sampleNow)).toBeUndefined();
    await catalogue.put(one);
    expect(await catalogue.settings('demo', sampleNow)).toEqual(one);
    expect(await catalogue.settings('other', sampleNow)).toBeUndefined();
  });

  it('shows its own last write at once and forgets nothing after a minute', async () => {
    const catalogue = await open();
    await catalogue.put(settings);
    await catalogue.settings('demo', sampleNow);
    await catalogue.put(full);
    expect(await catalogue.settings('demo', sampleNow)).toEqual(full);
    expect(await catalogue.settings('demo', sampleNow + minutes(5))).toEqual(full);
  });
};

/** Every suppression list keeps these rules. */
export const suppressionListContract = (open: () => Promise<SuppressionList>): void => {
  it('keeps the first reason an address was suppressed for', async () => {
    const list = await open();
    expect(await list.find('demo', 'hash')).toBeUndefined();
    await list.add('demo', 'hash', { by: 'bounce', at: 1 });
    await list.add('demo', 'hash', { by: 'erasure', at: 2 });
    expect(await list.find('demo', 'hash')).toEqual({ by: 'bounce', at: 1 });
    expect(await list.find('other', 'hash')).toBeUndefined();
  });

  it('dates an erasure anew, and lets any other reason take its place for good', async () => {
    const list = await open();
    for (const at of [2, 5, 3]) await list.add('demo', 'hash', { by: 'erasure', at });
    expect(await list.find('demo', 'hash')).toEqual({ by: 'erasure', at: 5 });
    await list.add('demo', 'hash', { by: 'complaint', at: 4 });
    await list.add('demo', 'hash', { by: 'erasure', at: 9 });
    expect(await list.find('demo', 'hash')).toEqual({ by: 'complaint', at: 4 });
  });

  it('remembers what was lifted, and when; news up to then change nothing, and later ones take its place', async () => {
    const list = await open();
    await list.lift('demo', 'hash', 1);
    expect(await list.find('demo', 'hash')).toBeUndefined();
    await list.add('demo', 'hash', { by: 'bounce', at: 5 });
    await list.lift('demo', 'hash', 4);
    expect(await list.find('demo', 'hash')).toEqual({ by: 'bounce', at: 5 });
    for (const at of [7, 6, 7]) await list.lift('demo', 'hash', at);
    expect(await list.find('demo', 'hash')).toEqual({ by: 'bounce', at: 5, liftedAt: 7 });
    await list.add('demo', 'hash', { by: 'complaint', at: 7 });
    expect(await list.find('demo', 'hash')).toEqual({ by: 'bounce', at: 5, liftedAt: 7 });
    await list.add('demo', 'hash', { by: 'complaint', at: 8 });
    expect(await list.find('demo', 'hash')).toEqual({ by: 'complaint', at: 8 });
  });

  it('lifts no erasure, and lets one follow a lifting', async () => {
    const list = await open();
    await list.add('demo', 'erased', { by: 'erasure', at: 2 });
    await list.lift('demo', 'erased', 9);
    expect(await list.find('demo', 'erased')).toEqual({ by: 'erasure', at: 2 });
    await list.add('demo', 'hash', { by: 'bounce', at: 1 });
    await list.lift('demo', 'hash', 3);
    await list.add('demo', 'hash', { by: 'erasure', at: 3 });
    expect(await list.find('demo', 'hash')).toEqual({ by: 'erasure', at: 3 });
  });
};

/** Every due index keeps these rules; `open` gives one with 16 shards. */
export const dueIndexContract = (open: () => Promise<Readonly<{ customers: CustomerStore; due: DueIndex }>>): void => {
  it('finds every due customer in exactly one of its shards, oldest first', async () => {
    const { customers, due } = await open();
    const wakes = Array.from({ length: 60 }, (_, i) => ({
      customerId: `c${i}`,
      wakeAt: ((i * 37) % 60) * 10 ** (i % 12),
    }));
    await Promise.all(wakes.map((over) => customers.save(sampleCustomer(over))));
    const shards = await Promise.all(Array.from({ length: due.shards }, (_, s) => due.oldest('customer', s, 100)));
    expect(due.shards).toBe(16);
    expect(shards.filter((entries) => entries.length > 0).length).toBeGreaterThan(8);
    for (const entries of shards)
      expect(entries.map((e) => e.dueAt)).toEqual(entries.map((e) => e.dueAt).toSorted((a, b) => a - b));
    const found = shards.flat().map(({ customerId, dueAt }) => ({ customerId, wakeAt: dueAt }));
    expect(found.toSorted((a, b) => (a.customerId < b.customerId ? -1 : 1))).toEqual(
      wakes.toSorted((a, b) => (a.customerId < b.customerId ? -1 : 1)),
    );
  });

  it('answers no more than the limit, the oldest ones', async () => {
    const { customers, due } = await open();
    const ids = Array.from({ length: 200 }, (_, i) => `c${i}`);
    await Promise.all(ids.map((customerId, i) => customers.save(sampleCustomer({ customerId, wakeAt: 1_000 - i }))));
    const all = await due.oldest('customer', 3, 200);
    expect(all.length).toBeGreaterThan(2);
    expect(await due.oldest('customer', 3, 2)).toEqual(all.slice(0, 2));
  });
};
