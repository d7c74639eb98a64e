import type { CustomerSeries } from '../../shared/domain/fit/customer-series.ts';
import { priorFit } from '../../shared/domain/fit/fit.ts';
import { days, type EpochMs } from '../../shared/domain/time.ts';
import { shopKinds, simulatedDay, simulateStore, simulationStartAt } from '../support/simulated-store.ts';
import { type Answer, type Candidate, candidates } from './silence/candidates.ts';
import {
  bands,
  captionErrors,
  drifted,
  emptyStages,
  fromLost,
  inWords,
  returnedGaps,
  shares,
  wrongOrders,
} from './silence/measures.ts';
import { readShop, recordedShops } from './silence/shops.ts';
import { stageReturns } from './silence/stage-returns.ts';

/** Prints how each candidate for the silence curve does against what it must satisfy; `docs/adr/0070-silence-curve.md` quotes it. */
const say = (line = ''): void => {
  process.stdout.write(`${line}\n`);
};

const prior = priorFit('normal').curves[0];
const monthDays = 365 / 12;
const stationary = 'ordinary records pareto grocer fashion furniture subscription coffee one-time burst'.split(' ');
const seeds = [1, 2, 3];
const sizes = [400, 4_000];

type Shop = Readonly<{ name: string; series: readonly CustomerSeries[]; startAt: EpochMs; months: readonly number[] }>;

const answersOf = (candidate: Candidate, { series, startAt, months }: Shop): readonly Answer[] =>
  months.map((month) => candidate({ series, asOf: startAt + days(month * monthDays), prior }));

const thresholdTable = (shop: Shop): void => {
  say(`\n${shop.name}: 75 % and 98 % in days at ${shop.months.join(', ')} months, for 1, 2-3 and 4+ occasions`);
  for (const [name, candidate] of Object.entries(candidates)) {
    const answers = answersOf(candidate, shop);
    const tell = (band: number, share: number): string =>
      answers.map((answer) => String(answer.days(band, share)).padStart(4)).join('');
    say(`  ${name.padEnd(22)}${bands.map((band) => ` |${tell(band, 0.75)}  ${tell(band, 0.98)}`).join('')}`);
  }
};

type Tally = {
  late: Record<string, number>;
  thresholds: number;
  errors: number[];
  beyondChance: number;
  captions: number;
  wrong: string[];
  lost: string[];
  empty: string[];
};

const tallyCaptions = (tally: Tally, answer: Answer, { series }: Shop): void => {
  for (const band of bands) {
    const gaps = returnedGaps(series, band, simulatedDay(730), prior.horizonDays);
    for (const [n, error] of (captionErrors(answer, gaps, band) ?? []).entries()) {
      const share = shares[n] ?? 0;
      tally.captions += 1;
      tally.errors[n] = (tally.errors[n] ?? 0) + Math.abs(error);
      if (Math.abs(error) > 300 * Math.sqrt((share * (1 - share)) / gaps.length) + 1) tally.beyondChance += 1;
    }
  }
};

const tallyStages = (tally: Tally, answer: Answer, kind: string, { series }: Shop): void => {
  if (answer.curves === undefined) return;
  const stages = stageReturns(series, answer.curves, simulatedDay(730), 90);
  tally.wrong.push(...wrongOrders(stages).map((wrong) => `${kind} ${wrong}`));
  if (fromLost(stages) > 0.15) tally.lost.push(`${kind} ${fromLost(stages).toFixed(2)}`);
  tally.empty.push(...emptyStages(stages).map((stage) => `${kind} ${stage}`));
};

const simulatedShop = (kind: string, seed: number, customers: number): Shop => ({
  name: `${kind}, ${customers} customers`,
  series: simulateStore({
    seed: `${kind}-${seed}`,
    customers,
    days: 730,
    untilDays: 1_100,
    ...(shopKinds[kind] ?? never()),
  }),
  startAt: simulationStartAt,
  months: [3, 6, 12, 24],
});

const never = (): never => {
  throw new Error('no such kind of shop');
};

const tallyFor = (candidate: Candidate, shops: readonly (readonly [kind: string, shop: Shop])[]): Tally => {
  const tally: Tally = {
    late: { 3: 0, 6: 0, 12: 0 },
    thresholds: 0,
    errors: [0, 0, 0],
    beyondChance: 0,
    captions: 0,
    wrong: [],
    lost: [],
    empty: [],
  };
  for (const [kind, shop] of shops) {
    const answers = answersOf(candidate, shop);
    const last = answers.at(-1) ?? never();
    if (stationary.includes(kind)) {
      tally.thresholds += 6;
      for (const [n, answer] of answers.slice(0, -1).entries()) {
        const month = String(shop.months[n]);
        tally.late[month] = (tally.late[month] ?? 0) + drifted(answer, last);
      }
    }
    tallyCaptions(tally, last, shop);
    tallyStages(tally, last, kind, shop);
  }
  return tally;
};

const summed = (texts: readonly string[]): string =>
  [...Map.groupBy(texts, (text) => text)].map(([text, all]) => `${text} x${all.length}`).join(', ');

const summary = (): void => {
  for (const customers of sizes) {
    const shops = Object.keys(shopKinds).flatMap((kind) =>
      seeds.map((seed) => [kind, simulatedShop(kind, seed, customers)] as const),
    );
    say(`\n${shops.length} simulated shops of ${customers} customers (${Object.keys(shopKinds).join(' ')})`);
    say('  drift: thresholds more than 40 % off their 24-month value, stationary shops, at 3 / 6 / 12 months');
    say(
      '  caption: mean error in points at 75 / 90 / 98 %, after 24 months; beyond chance: off by 3 standard errors and 1 point',
    );
    for (const [name, candidate] of Object.entries(candidates)) {
      const tally = tallyFor(candidate, shops);
      const errors = tally.errors.map((sum) => ((3 * sum) / tally.captions).toFixed(2)).join(' / ');
      say(
        `  ${name.padEnd(22)} drift ${tally.late['3']} / ${tally.late['6']} / ${tally.late['12']} of ${tally.thresholds}` +
          `   caption ${errors}, beyond chance ${tally.beyondChance} of ${tally.captions}`,
      );
      if (candidate === candidates['completed gaps'] || candidate === candidates['kaplan-meier']) continue;
      say(`      wrong order: ${summed(tally.wrong) || 'none'}`);
      say(`      lost > 15 %: ${tally.lost.join(', ') || 'none'}; empty: ${summed(tally.empty) || 'none'}`);
    }
  }
};

/** Where a year can be watched after the curve was fitted: how far its captions are off, in points. */
const captionsOf = (shop: Shop): void => {
  const endAt = shop.series.reduce((last, each) => Math.max(last, each.at(-1)?.at ?? last), shop.startAt);
  const asOf = endAt - days(prior.horizonDays);
  if (asOf <= shop.startAt + days(90)) return;
  say(
    `  caption at 75, 90, 98 % after ${Math.round((asOf - shop.startAt) / days(1))} days, watched for a year, in points`,
  );
  for (const [name, candidate] of Object.entries(candidates)) {
    const answer = candidate({ series: shop.series, asOf, prior });
    const errors = bands.map((band) => {
      const gaps = returnedGaps(shop.series, band, asOf, prior.horizonDays);
      const told = captionErrors(answer, gaps, band)?.map((error) => error.toFixed(1)) ?? [];
      return `${told.join(' ')} (${gaps.length})`;
    });
    say(`    ${name.padEnd(22)} ${errors.join(' | ')}`);
  }
};

const recorded = async (): Promise<void> => {
  for (const shop of recordedShops) {
    const series = await readShop(shop);
    if (series === undefined) {
      say(`\n${shop.name}: skipped, ../shared/data/${shop.file} is not here`);
      continue;
    }
    thresholdTable({ ...shop, series });
    captionsOf({ ...shop, series });
    for (const name of ['prior x bins, w 30', 'own base x bins', 'leaning bases x bins']) {
      const answer = candidates[name]?.({ series, asOf: shop.lookAt, prior });
      if (answer?.curves === undefined) continue;
      const stages = stageReturns(series, answer.curves, shop.lookAt, shop.watchDays);
      say(`  ${name}: who returns in ${shop.watchDays} days: ${inWords(stages)}`);
      say(
        `      wrong order: ${wrongOrders(stages).join(', ') || 'none'}; from lost ${(100 * fromLost(stages)).toFixed(1)} %; empty: ${emptyStages(stages).join(', ') || 'none'}`,
      );
    }
  }
};

for (const kind of Object.keys(shopKinds)) thresholdTable(simulatedShop(kind, 1, 4_000));
summary();
await recorded();
