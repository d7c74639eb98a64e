import * as z from 'zod';
import { nameOfArn } from '../aws-names.ts';
import { Mailbox } from '../mail/mailbox.ts';
import { type EventDestination, SimpleEmailService } from '../mail/simple-email-service.ts';
import type { EventBus } from '../messaging/event-bus.ts';
import type { SnsTopic } from '../messaging/sns-topic.ts';
import { RefusedHere } from '../refusal.ts';
import type { Blueprint } from './blueprint.ts';
import type { Core } from './core.ts';

const destination = z.object({
  ConfigurationSetName: z.string(),
  EventDestination: z.object({
    Enabled: z.coerce.boolean().default(true),
    MatchingEventTypes: z.array(z.string()),
    EventBridgeDestination: z.object({ EventBusArn: z.string() }).optional(),
    SnsDestination: z.object({ TopicARN: z.string() }).optional(),
  }),
});

export const assembleMail = (
  blueprint: Blueprint,
  core: Core,
  defaultBus: EventBus,
  topics: ReadonlyMap<string, SnsTopic>,
): { mailbox: Mailbox; service: SimpleEmailService } => {
  const configurationSets = new Map<string, EventDestination[]>(
    blueprint.all(z.object({}), 'AWS::SES::ConfigurationSet').map(({ name }) => [name, []]),
  );
  for (const { logicalId, properties } of blueprint.all(destination, 'AWS::SES::ConfigurationSetEventDestination')) {
    const set = configurationSets.get(properties.ConfigurationSetName);
    if (set === undefined)
      throw new RefusedHere(
        'run the stack here',
        logicalId,
        'name a configuration set of the stack',
        properties.ConfigurationSetName,
      );
    set.push(...destinationOf(logicalId, properties.EventDestination, topics));
  }
  const mailbox = new Mailbox();
  const service = new SimpleEmailService({
    mailbox,
    defaultBus,
    configurationSets,
    activity: core.activity,
    metering: core.metering,
    handover: core.handover,
    now: core.now,
  });
  return { mailbox, service };
};

const destinationOf = (
  where: string,
  {
    Enabled,
    MatchingEventTypes,
    EventBridgeDestination,
    SnsDestination,
  }: z.infer<typeof destination>['EventDestination'],
  topics: ReadonlyMap<string, SnsTopic>,
): EventDestination[] => {
  const types = new Set(MatchingEventTypes.map((type) => type.toLowerCase().replaceAll('_', '')));
  if (!Enabled) return [];
  if (EventBridgeDestination !== undefined) {
    const bus = nameOfArn(EventBridgeDestination.EventBusArn);
    if (bus !== 'default')
      throw new RefusedHere('run the stack here', where, 'publish to the default bus, the only one SES reaches', bus);
    return [{ types, topic: undefined }];
  }
  if (SnsDestination === undefined) return [];
  const topic = topics.get(nameOfArn(SnsDestination.TopicARN));
  if (topic === undefined)
    throw new RefusedHere('run the stack here', where, 'name a topic of the stack', SnsDestination.TopicARN);
  return [{ types, topic }];
};
