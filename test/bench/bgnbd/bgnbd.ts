import { ok } from 'node:assert/strict';
import { fitPurchases } from '../../../shared/domain/fit/purchases/fit-purchases.ts';
import type { PurchaseSummary } from '../../../shared/domain/fit/purchases/purchase-model.ts';
import { summaryOf } from '../../../shared/domain/fit/purchases/purchase-summary.ts';
import { knownAt, shopKinds, simulatedDay, simulateStore } from '../../support/simulated-store.ts';
import { cdnowIsHere, cdnowPurchases } from '../../unit/domain/fit/cdnow-summaries.ts';
import type { Benchmark } from '../measure/benchmark.ts';
import { interleaved } from '../measure/interleave.ts';
import { speedRow } from '../measure/speed-row.ts';
import { plainFit } from './plain-fit.ts';

/** A shop drawn from the parameters published for CDNOW, of the same size and age. */
const simulated = (): readonly PurchaseSummary[] => {
  const kind = shopKinds['records'];
  if (kind === undefined) throw new Error("cannot simulate: 'records' must be a kind of shop");
  const asOf = simulatedDay(273);
  const shop = simulateStore({ ...kind, seed: 'bench', customers: 2_357, days: 84, untilDays: 273 });
  return knownAt(shop, asOf).map((series) => summaryOf(series, asOf));
};

/** What a store's nightly fit spends on BG/NBD. */
export const bgnbd: Benchmark = {
  name: 'bgnbd',
  about: 'BG/NBD by maximum likelihood on CDNOW, against a simplex over the likelihood summed by customer',
  run: async ({ note }) => {
    const summaries = cdnowIsHere ? cdnowPurchases() : simulated();
    if (!cdnowIsHere) note('CDNOW is not on this machine: a simulated shop with its parameters instead');
    const [ours, plain] = [fitPurchases(summaries), plainFit(summaries)];
    ok(ours.logLikelihood > plain.logLikelihood - 0.01, 'ours finds no lesser maximum');
    const { r, alpha, a, b } = ours.model;
    note(
      `r ${r.toFixed(4)}, alpha ${alpha.toFixed(4)}, a ${a.toFixed(4)}, b ${b.toFixed(4)}; log-likelihood ${ours.logLikelihood.toFixed(3)}, the simplex ${plain.logLikelihood.toFixed(3)}`,
    );
    let sum = 0;
    const compared = await interleaved(
      (times) => {
        for (let n = 0; n < times; n++) sum += fitPurchases(summaries).model.r;
      },
      (times) => {
        for (let n = 0; n < times; n++) sum += plainFit(summaries).model.r;
      },
      { rounds: 11 },
    );
    ok(Number.isFinite(sum));
    const where = cdnowIsHere ? 'CDNOW' : 'simulated';
    return [speedRow(`bgnbd/simplex, ${where}`, compared, { each: 'a fit', scale: 'ms' })];
  },
};
