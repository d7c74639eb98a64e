import { expect, it } from 'vitest';
import { perennial, resource, resourcesOf } from './synthesized.ts';

const rule = (id: string) => resource(perennial, 'AWS::Events::Rule', `Facts${id}`).Properties;

/** What an archive plays again happened before. */
const neverReplayed = { 'replay-name': [{ exists: false }] };

it('enrols on a stage change and on a merge', () => {
  expect(rule('EnrolOnChange').EventPattern).toEqual({
    source: ['perennial'],
    'detail-type': ['stage-changed', 'customer-merged'],
    ...neverReplayed,
  });
});

it('looks at enrolments after a consent only where nothing was ordered: nobody else is a lead', () => {
  expect(rule('EnrolOnConsent').EventPattern).toEqual({
    source: ['perennial'],
    'detail-type': ['consent-granted'],
    detail: { placed: [0] },
    ...neverReplayed,
  });
});

it('looks at enrolments after an order only when its delivery became known, because a mail may wait for it', () => {
  expect(rule('EnrolOnDelivery').EventPattern).toEqual({
    source: ['perennial'],
    'detail-type': ['order-counted'],
    detail: { delivered: [true] },
    ...neverReplayed,
  });
});

it('hears SES on the default bus, about our own configuration set only', () => {
  expect(rule('FeedbackOnMail').EventBusName).toBeUndefined();
  expect(rule('FeedbackOnMail').EventPattern).toEqual({
    source: ['aws.ses'],
    detail: { mail: { tags: { 'ses:configuration-set': ['perennial-prod'] } } },
    ...neverReplayed,
  });
});

it('queues every event as it is, with a place for what cannot be delivered', () => {
  for (const [id, { Properties }] of resourcesOf(perennial, 'AWS::Events::Rule')) {
    expect(Properties.Targets, id).toHaveLength(1);
    expect(Object.keys(Properties.Targets[0]).sort(), id).toEqual(['Arn', 'DeadLetterConfig', 'Id']);
  }
});

it('never asks SES about opens', () => {
  const { EventDestination } = resource(
    perennial,
    'AWS::SES::ConfigurationSetEventDestination',
    'MailConfigurationSetEvents',
  ).Properties;
  expect([...EventDestination.MatchingEventTypes].sort()).toEqual([
    'bounce',
    'click',
    'complaint',
    'delivery',
    'deliveryDelay',
    'reject',
    'renderingFailure',
    'send',
  ]);
  expect(JSON.stringify(EventDestination.EventBridgeDestination)).toContain('event-bus/default');
});

it('demands TLS and suppresses bounces and complaints', () => {
  expect(resource(perennial, 'AWS::SES::ConfigurationSet', 'Mail').Properties).toMatchObject({
    DeliveryOptions: { TlsPolicy: 'REQUIRE' },
    SuppressionOptions: { SuppressedReasons: ['BOUNCE', 'COMPLAINT'] },
    ReputationOptions: { ReputationMetricsEnabled: true },
  });
});

it('gives out the DNS records of the sending domain', () => {
  const { MailFromAttributes } = resource(perennial, 'AWS::SES::EmailIdentity', 'Mail').Properties;
  expect(MailFromAttributes.MailFromDomain).toBe('bounce.shop.example');
  expect(
    Object.keys(perennial.Outputs)
      .filter((name) => name.startsWith('Dns'))
      .sort(),
  ).toEqual(['DnsDkim1', 'DnsDkim2', 'DnsDkim3', 'DnsDmarc', 'DnsMailFromMx', 'DnsMailFromSpf']);
  expect(perennial.Outputs['DnsDmarc']?.Value).toContain('_dmarc.shop.example TXT "v=DMARC1;');
});

it('hears bounces and complaints a second time over SNS, past the bus, in the same queue', () => {
  const { EventDestination } = resource(
    perennial,
    'AWS::SES::ConfigurationSetEventDestination',
    'MailConfigurationSetBadNews',
  ).Properties;
  expect([...EventDestination.MatchingEventTypes].sort()).toEqual(['bounce', 'complaint']);
  const topic = EventDestination.SnsDestination.TopicARN.Ref;
  const subscriptions = resourcesOf(perennial, 'AWS::SNS::Subscription').map(([, { Properties }]) => Properties);
  const ours = subscriptions.filter(({ Protocol }) => Protocol === 'sqs');
  expect(ours).toHaveLength(1);
  expect(ours[0]).toMatchObject({ TopicArn: { Ref: topic } });
  expect(JSON.stringify(ours[0].Endpoint)).toContain('FeedbackQueue');
  // Signatures come only with the envelope.
  expect(ours[0].RawMessageDelivery).toBeUndefined();
  const { Statement } = resource(perennial, 'AWS::SNS::TopicPolicy', 'MailFeedback').Properties.PolicyDocument;
  expect(Statement).toContainEqual(
    expect.objectContaining({ Principal: { Service: 'ses.amazonaws.com' }, Action: 'sns:Publish' }),
  );
});
