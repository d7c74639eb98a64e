import type { StoreSettings } from '../../../../shared/domain/store.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import type { System } from '../boot/start-system.ts';
import type { FirstOrder } from '../play/first-order.ts';
import type { Answers } from '../play/perform.ts';
import type { PlayProgress } from '../play/play-script.ts';
import type { Story } from '../summary/story.ts';
import type { Span } from './progress.ts';

export type StackSize = Readonly<{ functions: number; tables: number; queues: number }>;
export type Played = Readonly<{ story: Story; answers: Answers; store: StoreSettings; now: EpochMs; tookMs: number }>;

/** Tells what happens, to people or to programs. */
export interface Reporter {
  opening(text: string): void;
  /** Something worth knowing that is no step of the story. */
  note(text: string): void;
  stackReady(size: StackSize, tookMs: number): void;
  ready(system: System): void;
  firstOrder(first: FirstOrder, system: System): void;
  progress(span: Span): Readonly<{ show: (progress: PlayProgress) => void; finish: (progress: PlayProgress) => void }>;
  story(played: Played): void;
  /** What to do next; the end of what is printed unasked. */
  invitation(lines: readonly string[]): void;
  /** The local run logs only what went wrong. */
  trouble(text: string): void;
}
