import type { EpochMs } from '../../../../shared/domain/time.ts';

const stageLabels: Readonly<Record<string, string>> = {
  one_time: 'one time',
  at_risk: 'at risk',
  won_back: 'won back',
};
export const stageLabel = (stage: string): string => stageLabels[stage] ?? stage;

/** The good ones first, then those about to go, then those gone and those not come yet. */
export const stageOrder = ['loyal', 'active', 'won_back', 'new', 'one_time', 'at_risk', 'lapsed', 'lost', 'lead'];

const reasonLabels: Readonly<Record<string, string>> = {
  'no-consent': 'no consent',
  'goal-reached': 'ordered meanwhile',
  'stage-left': 'left the stage',
  audience: 'not in the audience any more',
  'not-after': 'too late to be true',
  held: 'held back',
  cap: 'frequency cap',
  'quiet-hours': 'quiet hours',
};
export const reasonLabel = (reason: string): string => reasonLabels[reason] ?? reason;

export const count = (n: number): string => n.toLocaleString('en-GB');
export const counted = (n: number, one: string, many = `${one}s`): string => `${count(n)} ${n === 1 ? one : many}`;

export const wholeMoney = (minor: number, currency: string): string => {
  const { maximumFractionDigits = 2 } = new Intl.NumberFormat('en-GB', {
    style: 'currency',
    currency,
  }).resolvedOptions();
  const format = new Intl.NumberFormat('en-GB', { style: 'currency', currency, maximumFractionDigits: 0 });
  return format.format(minor / 10 ** maximumFractionDigits);
};
export const money = (amount: number, currency: string): string =>
  new Intl.NumberFormat('en-GB', { style: 'currency', currency }).format(amount);

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format costs more than using it a hundred times, and progress is told often. */
const inZone = (at: EpochMs, timeZone: string, options: Intl.DateTimeFormatOptions): string => {
  const key = JSON.stringify([timeZone, options]);
  const format = formats.get(key) ?? new Intl.DateTimeFormat('en-GB', { timeZone, ...options });
  formats.set(key, format);
  return format.format(at);
};

export const dayOf = (at: EpochMs, zone: string): string =>
  inZone(at, zone, { day: 'numeric', month: 'long', year: 'numeric' });
export const monthOf = (at: EpochMs, zone: string): string => inZone(at, zone, { month: 'short', year: 'numeric' });
export const momentOf = (at: EpochMs, zone: string): string =>
  `${inZone(at, zone, { day: 'numeric', month: 'long' })}, ${inZone(at, zone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })}`;
/** `Q3 2025`, by the calendar of the zone. */
export const quarterOf = (at: EpochMs, zone: string): string => {
  const month = Number(inZone(at, zone, { month: 'numeric' }));
  return `Q${Math.ceil(month / 3)} ${inZone(at, zone, { year: 'numeric' })}`;
};

export const tookText = (ms: number): string => (ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`);

/** The middle one; `undefined` of none. */
export const medianOf = (values: readonly number[]): number | undefined =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
