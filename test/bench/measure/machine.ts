import { availableParallelism, cpus, totalmem } from 'node:os';

/** Where this was measured, in one line. */
export const machineLine = (): string =>
  `${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform}-${process.arch}`;
