import { holds } from '../conditions/evaluate.ts';
import type { Subject } from '../facts/subject.ts';
import type { Lifecycle } from '../lifecycle/lifecycle.ts';
import type { Exclusions } from '../store.ts';
import type { StageId } from './customer.ts';
import type { Profile } from './profile.ts';

/** Where staff, wholesale buyers and marketplace relay addresses stand: in no stage, counted apart, mailed nothing. */
export const excludedStage: StageId = 'excluded';

/** Whether the store keeps this person out of stages, fits and mail. */
export const isExcluded = ({ tags = [], email }: Profile, exclude: Exclusions): boolean => {
  const domain = email?.split('@')[1];
  return (
    tags.some((tag) => exclude.tags?.includes(tag)) ||
    (domain !== undefined && (exclude.emailDomains ?? []).includes(domain))
  );
};

/** Whether the store's settings or its lifecycle keep this person out. */
export const standsOutside = (
  subject: Subject,
  store: Readonly<{ exclude: Exclusions }>,
  { exclude = [] }: Pick<Lifecycle, 'exclude'>,
): boolean => isExcluded(subject.profile, store.exclude) || exclude.some((condition) => holds(condition, subject, 0));
