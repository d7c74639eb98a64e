import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createCore } from '../../../infra/local/engine/assembly/core.ts';
import { type MailEventType, mailEventDetail, mailEventNames } from '../../../infra/local/engine/mail/mail-events.ts';
import type { Mail } from '../../../infra/local/engine/mail/mailbox.ts';
import { EventBus } from '../../../infra/local/engine/messaging/event-bus.ts';

const samples = new URL('../../../../shared/data/ses/eventbridge/', import.meta.url);
const at = Date.parse('2025-01-01T00:00:00Z');
const mail: Mail = {
  id: '0100-a',
  at,
  to: 'ada@example.com',
  recipients: ['ada@example.com'],
  from: 'Shop <shop@example.com>',
  subject: 'Hello',
  headers: { From: 'Shop <shop@example.com>', To: 'ada@example.com', Subject: 'Hello' },
  text: 'Hello',
  html: '',
  tags: { campaign: 'welcome' },
  configurationSet: 'ConfigSet',
  caller: 'send',
  raw: undefined,
  replyTo: [],
};

const files: [MailEventType, string][] = [
  ['send', 'email_sent'],
  ['delivery', 'email_delivered'],
  ['bounce', 'email_bounced'],
  ['complaint', 'email_complaint_received'],
  ['open', 'email_opened'],
  ['click', 'email_clicked'],
  ['reject', 'email_rejected'],
  ['deliveryDelay', 'email_delivery_delayed'],
  ['renderingFailure', 'email_rendering_failed'],
];

/** Fields an event of ours may lack: what SES adds depending on the road a mail takes. */
const optional = /^(ses:outgoing-ip|myCustomTag\d|samplekey\d)$/;

/** Every field of the sample, by path, with its kind of value; list elements share a path. */
const fields = (value: unknown, path = ''): string[] => {
  if (Array.isArray(value)) return [...new Set(value.flatMap((item) => fields(item, `${path}[]`)))];
  if (typeof value !== 'object' || value === null) return [`${path}: ${value === null ? 'null' : typeof value}`];
  return Object.entries(value)
    .filter(([name]) => !optional.test(name))
    .flatMap(([name, inner]) => fields(inner, `${path}.${name}`));
};

describe.skipIf(!existsSync(samples))('mail events (skipped where ../shared/data is absent)', () => {
  it.each(files)('%s has every field that the sample %s has', (type, file) => {
    const sample: { detail: object } = JSON.parse(readFileSync(new URL(`${file}.json`, samples), 'utf8'));
    const published: unknown[] = [];
    const core = createCore(at, '', () => undefined);
    const bus = new EventBus('default', { ...core, now: () => at });
    const deliver = (payload: string) => void published.push(JSON.parse(payload));
    bus.addRule({ name: 'r', arn: 'a', pattern: { source: ['aws.ses'] }, targets: [{ input: {}, deliver }] });
    const detail = mailEventDetail(mail, type, at, undefined);
    bus.publish({ source: 'aws.ses', detailType: mailEventNames[type].detailType, detail, resources: ['arn'] });
    expect(fields(published[0])).toEqual(expect.arrayContaining(fields(sample)));
    expect(published[0]).toMatchObject({ 'detail-type': Reflect.get(sample, 'detail-type') });
  });
});
