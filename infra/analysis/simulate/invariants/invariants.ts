import type { Finished } from '../run-scenario.ts';
import { caps, quietHours } from './caps-and-hours.ts';
import { staysErased } from './erased.ts';
import { heldOut } from './held-out.ts';
import { addsUp, countersAddUp } from './money.ts';
import { oneAccept } from './one-accept.ts';
import { personalData } from './personal-data.ts';
import { everythingApplied, quiescence } from './quiescence.ts';
import { noneLost } from './reasons.ts';
import { restrictions } from './restrictions.ts';
import { stages } from './stages.ts';

/** What must hold after every run, whatever went wrong in it. */
export type Invariant = Readonly<{ id: string; says: string; check(run: Finished): readonly string[] }>;
export type Violation = Readonly<{ id: string; detail: string }>;

export const invariants: readonly Invariant[] = [
  { id: 'I1', says: 'a marketing mail is accepted once at most', check: oneAccept },
  { id: 'I2', says: 'nothing is committed after an opt-out, a suppression or an erasure', check: restrictions },
  { id: 'I3', says: 'nothing leaves in quiet hours', check: quietHours },
  { id: 'I3-caps', says: 'nothing leaves above the caps', check: caps },
  { id: 'I4', says: 'a stage follows from the orders, whatever the order they came in', check: stages },
  { id: 'I5', says: 'the held-out get no marketing', check: heldOut },
  { id: 'I6', says: 'revenue is orders less refunds', check: addsUp },
  { id: 'I6-counters', says: 'counters say what the rows say', check: countersAddUp },
  { id: 'I7', says: 'every accepted webhook is applied', check: everythingApplied },
  { id: 'I8', says: 'no personal data in logs, tags and facts', check: personalData },
  { id: 'I8-erased', says: 'who was erased stays erased', check: staysErased },
  { id: 'I9', says: 'everything comes to rest', check: quiescence },
  { id: 'lost', says: 'no mail is lost without a reason', check: noneLost },
];
