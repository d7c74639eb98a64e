import { zonesOf } from '../../../../shared/domain/guardrails/time-zones.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import type { System } from '../boot/start-system.ts';
import { readHealth } from '../play/health.ts';
import type { HttpCaller } from '../play/http-caller.ts';
import type { Answers } from '../play/perform.ts';
import type { ReceivedMail } from '../play/script.ts';
import { readReports } from './admin-reports.ts';
import { type BrokenPromises, mailedAfterUnsubscribe, mailedInQuietHours, mailedTwice } from './promises.ts';
import { readDefinitions } from './read-definitions.ts';
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
  /** Where two ways of counting differ, and what failed inside: nothing, or a fault of ours. */
  troubles: readonly string[];
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

const mailsByCampaign = (mails: readonly ReceivedMail[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const { tags } of mails) counts.set(tags['campaign'] ?? '', (counts.get(tags['campaign'] ?? '') ?? 0) + 1);
  return counts;
};

/** The counters move with each write; they must agree with what is there when all is done. */
const differences = (
  what: string,
  seen: readonly (readonly [string, number])[],
  counted: ReadonlyMap<string, number>,
): readonly string[] =>
  seen
    .filter(([name, n]) => n !== (counted.get(name) ?? 0))
    .map(([name, n]) => `${what} ${name}: ${n} found, ${counted.get(name) ?? 0} counted`);

/** Reads everything once the system is idle. */
export const readStory = async (
  { system, http, mails, answers, zoneOf }: StorySource,
  now: EpochMs,
): Promise<Story> => {
  const { stack, store, adminToken, db, tableName } = system;
  const reports = await readReports(http, { api: stack.api, store: store.id, adminToken });
  const contents = await readTable(db, tableName);
  const policy = { pendingCounts: store.pendingCounts, excludedChannels: store.exclude.channels ?? [] };
  const definitions = await readDefinitions(db, tableName, store, contents, now);
  const counted = standingOf(contents, { store, policy, ...definitions }, now);
  const standing = counted.map((row) => ({ ...row, people: reports.people.get(row.stage) ?? 0 }));
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
    troubles: [
      ...(await readHealth(http, stack.control)),
      ...differences(
        'stage',
        counted.map(({ stage, people }) => [stage, people]),
        reports.people,
      ),
      ...differences('mails of', [...mailsByCampaign(mails)], reports.sent),
    ],
  };
};
