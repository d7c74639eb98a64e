import { median, spreadOf } from './median.ts';

/** Does its work that many times over; what it computes must have an effect, or the compiler leaves it out. */
export type Side = (times: number) => void | Promise<void>;

/** Medians of both sides, in milliseconds for each time, and of the rounds' ratios peer / ours. */
export type Compared = Readonly<{ oursMs: number; peerMs: number; speed: number; spread: number }>;

type Terms = Readonly<{ rounds?: number; roundMs?: number }>;

const elapsedMs = async (side: Side, times: number): Promise<number> => {
  const from = performance.now();
  await side(times);
  return performance.now() - from;
};

/** How many times fill a round; finding out warms the side up. */
const timesFor = async (side: Side, roundMs: number): Promise<number> => {
  for (let times = 1; ; times *= 2) {
    const ms = await elapsedMs(side, times);
    if (ms >= roundMs / 2) return Math.max(1, Math.round((times * roundMs) / ms));
  }
};

/**
 * Runs both sides in turn, ABAB…, so that whatever else the machine does hits both alike: only ratios within a round are
 * compared, and of those the median.
 */
export const interleaved = async (
  ours: Side,
  peer: Side,
  { rounds = 21, roundMs = 25 }: Terms = {},
): Promise<Compared> => {
  const oursTimes = await timesFor(ours, roundMs);
  const peerTimes = await timesFor(peer, roundMs);
  const measured: { oursMs: number; peerMs: number }[] = [];
  for (let round = 0; round < rounds; round++)
    measured.push({
      oursMs: (await elapsedMs(ours, oursTimes)) / oursTimes,
      peerMs: (await elapsedMs(peer, peerTimes)) / peerTimes,
    });
  return compared(measured);
};

/** The same for pairs that were measured elsewhere. */
export const compared = (pairs: readonly Readonly<{ oursMs: number; peerMs: number }>[]): Compared => {
  const ratios = pairs.map(({ oursMs, peerMs }) => peerMs / oursMs);
  return {
    oursMs: median(pairs.map(({ oursMs }) => oursMs)),
    peerMs: median(pairs.map(({ peerMs }) => peerMs)),
    speed: median(ratios),
    spread: spreadOf(ratios),
  };
};
