import type { Lifecycle } from '../lifecycle/lifecycle.ts';

/** A lifecycle as somebody wrote it: saving it gives it a version. */
export type LifecycleDraft = Omit<Lifecycle, 'version'>;

/** The keys of a lifecycle file. */
export const lifecycleKeys = ['lifecycle', 'stages', 'exclude', 'adopt'] as const;

export const adoptions = ['monthly', 'never'] as const;

/** How a lifecycle may be called. */
export const lifecycleName = /^[a-z][a-z0-9_-]{0,63}$/;
/** What to say of a name that is none. */
export const nameFault = (got: string): string =>
  `a lifecycle's name is 1 to 64 small letters, digits, - and _, a letter first, got ${got}`;

/** How a stage may be called: it becomes part of keys, addresses and messages. */
export const stageName = /^[a-z][a-z0-9_]{0,31}$/;
/** Where people stand who are in no stage. */
export const reservedStages: readonly string[] = ['excluded', 'merged', 'erased'];
/** More stages than anybody tells apart. */
export const maxStages = 20;
/** More reasons to be left out than anybody keeps track of. */
export const maxExclusions = 50;
/** Bytes of a definition file. */
export const maxFileBytes = 65_536;

/** The nearest name a stage could have. */
export const stageNameMeant = (written: string): string | undefined => {
  const meant = written
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[_0-9]+|_+$/g, '')
    .slice(0, 32);
  return stageName.test(meant) ? meant : undefined;
};
