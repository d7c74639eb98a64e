import { bands } from '../../../shared/domain/fit/days-of-share.ts';
import type { Evaluation } from './evaluate.ts';
import type { Score } from './scores.ts';

const scoreJson = ({ name, auc, calibration }: Score) => ({
  name,
  auc: auc ?? null,
  ...(calibration === undefined ? {} : { brier: calibration.brier, ece: calibration.ece }),
});

/** The evaluation as one JSON object, for programs. `auc` is null where all came back or none did. */
export const evaluationJson = ({ scores, stages, says, thresholds, flags, ...counts }: Evaluation) => ({
  ...{ customers: counts.customers, returned: counts.returned, scores: scores.map(scoreJson), stages },
  leftOut: counts.leftOut,
  returnChanceSays: says ?? null,
  tenths: scores.find(({ name }) => name === 'returnChance')?.calibration?.tenths ?? null,
  thresholds: thresholds.flatMap(({ historyDays, shares }) =>
    bands.map((band, n) => ({
      historyDays,
      band,
      days: Object.fromEntries(shares.map(({ share, days }) => [`${Math.round(share * 100)}%`, days[n] ?? null])),
    })),
  ),
  flags,
});
