import type { Aim, Row } from './benchmark.ts';
import type { Compared } from './interleave.ts';

const scales = { ns: 1e6, us: 1e3, ms: 1 } as const;

/** A row about time: `each` names what one time is, `a decision` for example. */
export const speedRow = (
  name: string,
  { oursMs, peerMs, speed, spread }: Compared,
  { each, scale, aim }: Readonly<{ each: string; scale: keyof typeof scales; aim?: Aim }>,
): Row => ({
  name,
  ours: oursMs * scales[scale],
  peer: peerMs * scales[scale],
  unit: `${scale} ${each}`,
  ratio: speed,
  ratioOf: 'speed',
  spread,
  ...(aim && { aim }),
});
