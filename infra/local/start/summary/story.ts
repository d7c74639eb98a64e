import { priorFit } from '../../../../shared/domain/fit/fit.ts';
import { zonesOf } from '../../../../shared/domain/guardrails/time-zones.ts';
import { ecommerce } from '../../../../shared/domain/lifecycle/ecommerce.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import type { System } from '../boot/start-system.ts';
import type { HttpCaller } from '../play/http-caller.ts';
import type { Answers } from '../play/perform.ts';
import type { ReceivedMail } from '../play/script.ts';
import { readReports } from './admin-reports.ts';
import { type BrokenPromises, mailedAfterUnsubscribe, mailedInQuietHours, mailedTwice } from './promises.ts';
import { readTable, type TableContents } from './read-table.ts';
import { type StageStanding, standingOf } from './standing.ts';
import { type CampaignOutcome, wentOut } from './went-out.ts';

/** What happened, told from the admin API, the counters, the table and the inbox. */
export type Story = Readonly<{
  customers: number;
  orders: number;
  standing: readonly StageStanding[];
  campaigns: readonly CampaignOutcome[];
  mails: number;
  withheld: ReadonlyMap<string, number>;
  failed: number;
  conversions: number;
  promises: BrokenPromises;
}>;

/** Where the person of an address is, as the system was told: the shop's own customers never lie about it. */
const zoneBook = ({ customers }: TableContents, storeZone: string): ((address: string) => string) => {
  const zones = new Map(
    customers.map(({ profile }) => [profile.email ?? '', zonesOf(profile, storeZone)[0] ?? storeZone]),
  );
  return (address) => zones.get(address) ?? storeZone;
};

export type StorySource = Readonly<{
  system: System;
  http: HttpCaller;
  mails: readonly ReceivedMail[];
  answers: Answers;
  /** Where the people of a simulated shop really are; tells more than the system knows. */
  zoneOf: (address: string) => string | undefined;
}>;

/** Reads everything once the system is idle. */
export const readStory = async (
  { system, http, mails, answers, zoneOf }: StorySource,
  now: EpochMs,
): Promise<Story> => {
  const { stack, store, adminToken, db, tableName } = system;
  const reports = await readReports(http, { api: stack.api, store: store.id, adminToken });
  const contents = await readTable(db, tableName);
  const policy = { pendingCounts: store.pendingCounts, excludedChannels: store.exclude.channels ?? [] };
  const decided = { store, lifecycle: ecommerce, fit: priorFit(store.rhythm), policy };
  const standing = standingOf(contents, decided, now).map((row) => ({
    ...row,
    people: reports.people.get(row.stage) ?? 0,
  }));
  const known = zoneBook(contents, store.timeZone);
  return {
    customers: standing.reduce((sum, { people }) => sum + people, 0),
    orders: contents.orders,
    standing,
    campaigns: wentOut(store.activeCampaigns, contents, reports.sent),
    mails: mails.length,
    withheld: reports.withheld,
    failed: reports.failed,
    conversions: contents.enrolments.filter(({ convertedAt }) => convertedAt !== undefined).length,
    promises: {
      twice: mailedTwice(mails),
      inQuietHours: mailedInQuietHours(mails, (address) => zoneOf(address) ?? known(address), store),
      afterUnsubscribe: mailedAfterUnsubscribe(mails, answers.optOuts, contents),
    },
  };
};
