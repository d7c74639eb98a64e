/** What a ratio must be: `atLeast` for speeds, `atMost` for costs. */
export type Aim = Readonly<{ atLeast: number } | { atMost: number }>;

/** One comparison of ours with a peer, or with the limit of what can be had. */
export type Row = Readonly<{
  /** `stage/json-rules-engine`: the benchmark, then what ours is compared with. */
  name: string;
  ours: number;
  peer: number;
  unit: string;
  /** With `speed`, how many times as fast as the peer ours is; with `cost`, how many times the peer's cost ours is. */
  ratio: number;
  ratioOf: 'speed' | 'cost';
  aim?: Aim;
  /** The middle half of the rounds' ratios, as a share of the median. */
  spread: number;
}>;

export type BenchOptions = Readonly<{
  /** Sizes that take minutes, too. */
  full: boolean;
  /** Says something worth knowing about this run: kept out of the JSON. */
  note: (line: string) => void;
}>;

export type Benchmark = Readonly<{
  name: string;
  /** One line: what is measured, against what. */
  about: string;
  run: (options: BenchOptions) => Promise<readonly Row[]>;
}>;

/** Whether the aim is met; `undefined` where there is none. */
export const isMet = ({ aim, ratio }: Row): boolean | undefined => {
  if (aim === undefined) return undefined;
  return 'atLeast' in aim ? ratio >= aim.atLeast : ratio <= aim.atMost;
};
