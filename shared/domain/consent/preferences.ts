import type { Contact } from '../customers/contact.ts';
import { hashOf } from '../hash.ts';
import type { EpochMs } from '../time.ts';
import type { ConsentPurpose, ConsentStatement } from './statement.ts';

/** What a customer may choose: topics to get, and how often. */
export type Preferences = Readonly<{ topicsOff: readonly string[]; monthlySince?: EpochMs }>;

/** What a customer chose on the page. */
export type Choice = Readonly<{ wanted: readonly string[]; monthly: boolean }>;

/**
 * What stands after a choice. Topics the page did not offer stay as they were, and `monthlySince` keeps its first date.
 *
 * @param offered The store's topics, as the page showed them.
 */
export const preferencesAfter = (
  before: Pick<Contact, 'topicsOff' | 'monthlySince'>,
  offered: readonly string[],
  { wanted, monthly }: Choice,
  now: EpochMs,
): Preferences => {
  const unasked = (before.topicsOff ?? []).filter((topic) => !offered.includes(topic));
  return {
    topicsOff: [...unasked, ...offered.filter((topic) => !wanted.includes(topic))],
    ...(monthly ? { monthlySince: before.monthlySince ?? now } : {}),
  };
};

/** One dated statement for each topic whose standing changed. */
export const topicStatements = (
  before: Pick<Contact, 'topicsOff'>,
  after: Preferences,
  now: EpochMs,
): readonly ConsentStatement[] => {
  const was = before.topicsOff ?? [];
  const left = after.topicsOff.filter((topic) => !was.includes(topic));
  const back = was.filter((topic) => !after.topicsOff.includes(topic));
  return [
    ...left.map((topic) => pageStatement(`topic:${topic}`, 'withdrawn', now)),
    ...back.map((topic) => pageStatement(`topic:${topic}`, 'granted', now)),
  ];
};

/** What was said on the preference page, about one purpose. */
export const pageStatement = (
  purpose: ConsentPurpose,
  state: 'granted' | 'withdrawn',
  now: EpochMs,
): ConsentStatement => ({
  id: hashOf(['consent', purpose, state, String(now), 'preferences'], 12),
  purpose,
  state,
  basis: 'express',
  source: 'preferences',
  at: now,
  recordedAt: now,
});
