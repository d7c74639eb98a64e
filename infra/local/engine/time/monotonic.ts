/** Milliseconds of the machine's monotonic clock: the same in every thread of a process, unlike `performance.now()`. */
export const monotonicMs = (): number => Number(process.hrtime.bigint()) / 1e6;
