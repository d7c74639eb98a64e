import type { EpochMs } from '../time.ts';

export type Suppression = Readonly<{ by: 'bounce' | 'complaint' | 'operator' | 'erasure'; at: EpochMs }>;
