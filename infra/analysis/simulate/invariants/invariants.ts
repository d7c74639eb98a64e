import type { Finished } from '../run-scenario.ts';
import { caps, quietHours } from './caps-and-hours.ts';
import { staysErased } from './erased.ts';
import { heldOut } from './held-out.ts';
import { breakers } from './limits/breakers.ts';
import { atMostMonthly, confirmed, held, topicsLeftOut } from './limits/choices.ts';
import { pace, warmup } from './limits/pace.ts';
import { killSwitch, paused } from './limits/stopped.ts';
import { isLogged } from './logged.ts';
import { addsUp, countersAddUp } from './money.ts';
import { oneAccept } from './one-accept.ts';
import { personalData } from './personal-data.ts';
import { everythingApplied, poisonIsolated, quiescence } from './quiescence.ts';
import { noneLost } from './reasons.ts';
import { restrictions } from './restrictions.ts';
import { stages } from './stages.ts';
import { notLate } from './told-late.ts';

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
  { id: 'I7-poison', says: 'what cannot be read is given up alone', check: poisonIsolated },
  { id: 'I8', says: 'no personal data in logs, tags and facts', check: personalData },
  { id: 'I8-erased', says: 'who was erased stays erased', check: staysErased },
  { id: 'I9', says: 'everything comes to rest', check: quiescence },
  { id: 'stopped', says: 'nothing leaves while all mail is stopped', check: killSwitch },
  { id: 'paused', says: 'nothing leaves of a paused store or campaign', check: paused },
  {
    id: 'breaker',
    says: 'no marketing past an open breaker, none without a probe past a half-open one',
    check: breakers,
  },
  { id: 'pace', says: "tokens keep to the account's rate and day", check: pace },
  { id: 'warm-up', says: 'a new sender keeps to the ramp', check: warmup },
  { id: 'topics', says: 'nothing of a topic that was left out', check: topicsLeftOut },
  { id: 'monthly', says: 'one mail in thirty days for who asked for less', check: atMostMonthly },
  { id: 'confirmed', says: 'nothing to who never confirmed, where a yes has to be', check: confirmed },
  { id: 'held', says: 'no marketing while a case or a refund is open', check: held },
  { id: 'late', says: 'nothing is planned for what is long past', check: notLate },
  { id: 'again', says: 'what was reconciled stays as it is', check: ({ changedAgain }) => changedAgain },
  { id: 'log', says: 'what no restore may undo is in the erasure log', check: isLogged },
  { id: 'lost', says: 'no mail is lost without a reason', check: noneLost },
];
