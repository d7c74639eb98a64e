import { backtest } from './backtest/backtest.ts';
import { bgnbd } from './bgnbd/bgnbd.ts';
import { cold } from './cold/cold.ts';
import { fold } from './fold/fold.ts';
import type { Benchmark } from './measure/benchmark.ts';
import { stage } from './stage/stage.ts';
import { wakes } from './wakes/wakes.ts';

/** Every benchmark, in the order they run. */
export const benchmarks: readonly Benchmark[] = [stage, fold, bgnbd, backtest, cold, wakes];
