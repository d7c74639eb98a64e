import { describe, expect, it } from 'vitest';
import { compilePattern } from '../../infra/local/engine/messaging/event-pattern.ts';
import { perennial, resourcesOf, state } from './synthesized.ts';

const rules = [perennial, state].flatMap((template) => resourcesOf(template, 'AWS::Events::Rule'));

/** What the bus carries for each rule, as EventBridge wraps it. */
const wrapped = (source: string, detailType: string, detail: object) => ({
  ...{ version: '0', id: 'e-1', source, 'detail-type': detailType, account: '123456789012', region: 'us-east-1' },
  ...{ time: '2026-03-01T06:00:00Z', resources: [], detail },
});
const events = [
  wrapped('perennial', 'stage-changed', { store: 'demo', customer: 'c' }),
  wrapped('perennial', 'customer-merged', { store: 'demo', customer: 'c' }),
  wrapped('perennial', 'consent-granted', { store: 'demo', customer: 'c', placed: 0 }),
  wrapped('perennial', 'order-counted', { store: 'demo', customer: 'c', delivered: true }),
  wrapped('aws.ses', 'Email Bounced', { mail: { tags: { 'ses:configuration-set': ['perennial-prod'] } } }),
];

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-replay-archived-event.html: a replayed event carries its replay's name. */
describe('fault 13: an archive of the bus is replayed', () => {
  it.each(rules)('%s takes what happens, and nothing that is played again', (_id, { Properties }) => {
    const matches = compilePattern(Properties.EventPattern);
    const taken = events.filter(matches);
    expect(taken.length).toBeGreaterThan(0);
    expect(taken.map((event) => ({ ...event, 'replay-name': 'march' })).filter(matches)).toEqual([]);
  });

  it('every event above is some rule’s', () => {
    expect(
      events.filter((event) => !rules.some(([, { Properties }]) => compilePattern(Properties.EventPattern)(event))),
    ).toEqual([]);
  });
});
