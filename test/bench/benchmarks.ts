import type { Benchmark } from './measure/benchmark.ts';
import { stage } from './stage/stage.ts';

/** Every benchmark, in the order they run. */
export const benchmarks: readonly Benchmark[] = [stage];
