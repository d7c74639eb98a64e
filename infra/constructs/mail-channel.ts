import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { env } from '../../shared/env.ts';
import type { Alarms } from './alarms.ts';
import type { NodeFunction } from './node-function.ts';
import type { WorkQueue } from './work-queue.ts';

export interface MailChannelProps {
  readonly alarms: Alarms;
  /** @default - the operator verifies an identity by hand */
  readonly sendingDomain?: string;
  /** What happens to every store of this account when its reputation is spent. */
  readonly errorImpact: string;
}

/** What SES tells us about each mail. Opens are left out: they measure mail programs, not people. */
const heard = [
  EmailSendingEvent.SEND,
  EmailSendingEvent.REJECT,
  EmailSendingEvent.BOUNCE,
  EmailSendingEvent.COMPLAINT,
  EmailSendingEvent.DELIVERY,
  EmailSendingEvent.DELIVERY_DELAY,
  EmailSendingEvent.RENDERING_FAILURE,
  EmailSendingEvent.CLICK,
];

/** SES with events on the default bus, suppression and TLS; optionally the sending domain with the DNS records it needs. */
export class MailChannel extends Construct {
  private readonly configurationSet: ConfigurationSet;
  private readonly name: string;
  private readonly feedbackTopic: Topic;

  constructor(scope: Construct, id: string, props: MailChannelProps) {
    super(scope, id);
    this.name = `perennial-${props.alarms.deployment}`;
    this.configurationSet = new ConfigurationSet(this, 'ConfigurationSet', {
      configurationSetName: this.name,
      reputationMetrics: true,
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
    });
    this.configurationSet.addEventDestination('Events', {
      destination: EventDestination.eventBus(EventBus.fromEventBusName(this, 'DefaultBus', 'default')),
      events: heard,
    });
    this.feedbackTopic = this.addFeedbackTopic();
    if (props.sendingDomain !== undefined) this.addDomain(props.sendingDomain);
    this.alarmOnReputation(props);
  }

  /** Pattern of this channel's events on the default bus: SES tags each with its configuration set. */
  get eventPattern() {
    return { source: ['aws.ses'], detail: { mail: { tags: { 'ses:configuration-set': [this.name] } } } };
  }

  grantSend(fn: NodeFunction): void {
    const ses = (resource: string, resourceName: string) =>
      Stack.of(this).formatArn({ service: 'ses', resource, resourceName });
    fn.may(['ses:SendEmail'], [ses('configuration-set', this.name)]);
    fn.mayBelow(ses('identity', ''), '*', {
      actions: ['ses:SendEmail'],
      reason: "Each store has its own sender, and in the sandbox SES asks about the recipient's identity too.",
    });
    fn.knows(env.configurationSet, this.name);
  }

  /**
   * Puts bounces and complaints into the queue a second time, past the bus: SES delivers to the bus as best it can, and what is
   * lost there would be mailed again. The function checks SNS's signature.
   */
  queueBadNews(fn: NodeFunction, { queue }: WorkQueue): void {
    this.feedbackTopic.addSubscription(new SqsSubscription(queue));
    fn.knows(env.feedbackTopic, this.feedbackTopic.topicArn);
  }

  /** What the account may send; SES knows no resource for that. */
  grantReadQuota(fn: NodeFunction): void {
    fn.mayBelow('', '*', {
      actions: ['ses:GetAccount'],
      reason: 'The account is no resource: SES takes nothing but *.',
    });
  }

  private addFeedbackTopic(): Topic {
    const topic = new Topic(this, 'Feedback', { enforceSSL: true });
    topic.addToResourcePolicy(
      new PolicyStatement({
        actions: ['sns:Publish'],
        principals: [new ServicePrincipal('ses.amazonaws.com')],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    this.configurationSet.addEventDestination('BadNews', {
      destination: EventDestination.snsTopic(topic),
      events: [EmailSendingEvent.BOUNCE, EmailSendingEvent.COMPLAINT],
    });
    return topic;
  }

  private addDomain(domain: string): void {
    const mailFromDomain = `bounce.${domain}`;
    const identity = new EmailIdentity(this, 'Domain', {
      identity: Identity.domain(domain),
      configurationSet: this.configurationSet,
      mailFromDomain,
      // Bounces and complaints come as events; a copy by mail would reach a mailbox nobody reads.
      feedbackForwarding: false,
    });
    identity.dkimRecords.forEach(({ name, value }, i) => {
      this.output(`Dkim${i + 1}`, `${name} CNAME ${value}`);
    });
    this.output('MailFromMx', `${mailFromDomain} MX 10 feedback-smtp.${Stack.of(this).region}.amazonses.com`);
    this.output('MailFromSpf', `${mailFromDomain} TXT "v=spf1 include:amazonses.com ~all"`);
    this.output('Dmarc', `_dmarc.${domain} TXT "v=DMARC1; p=none; rua=mailto:postmaster@${domain}"`);
  }

  private output(id: string, value: string): void {
    new CfnOutput(Stack.of(this), `Dns${id}`, { value, description: 'DNS record to paste at the domain' });
  }

  /** The account's own figures, not the configuration set's: it is the account that SES pauses. */
  private alarmOnReputation({ alarms, errorImpact }: MailChannelProps): void {
    const rate = (metricName: string) =>
      new Metric({ namespace: 'AWS/SES', metricName, statistic: 'Maximum', period: Duration.hours(1) });
    alarms.add('bounce-rate', {
      metric: rate('Reputation.BounceRate'),
      threshold: 0.04,
      errorImpact: `Bounces reached 4 %; SES reviews an account at 5 % and pauses it at 10 %. ${errorImpact}`,
    });
    alarms.add('complaint-rate', {
      metric: rate('Reputation.ComplaintRate'),
      threshold: 0.0008,
      errorImpact: `Complaints reached 0.08 %; SES reviews an account at 0.1 % and pauses it at 0.5 %. ${errorImpact}`,
    });
  }
}
