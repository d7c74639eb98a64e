import * as z from 'zod';
import { arn, nameOfArn } from '../aws-names.ts';
import { EventBus, type RuleTarget } from '../messaging/event-bus.ts';
import { ruleInput } from '../messaging/rule-input.ts';
import type { SqsQueue } from '../messaging/sqs-queue.ts';
import { RefusedHere } from '../refusal.ts';
import type { Functions } from './assemble-functions.ts';
import { queueNamed } from './assemble-queues.ts';
import type { Blueprint } from './blueprint.ts';
import type { Core } from './core.ts';

const target = ruleInput.extend({
  Arn: z.string(),
  DeadLetterConfig: z.object({ Arn: z.string().optional() }).optional(),
});
const rule = z.object({
  EventBusName: z.string().default('default'),
  EventPattern: z.unknown().optional(),
  ScheduleExpression: z.string().optional(),
  State: z.string().default('ENABLED'),
  Targets: z.array(target).default([]),
});

export interface TargetHosts {
  functions: Functions;
  queues: ReadonlyMap<string, SqsQueue>;
}

export const assembleBuses = (blueprint: Blueprint, core: Core): Map<string, EventBus> => {
  const names = ['default', ...blueprint.all(z.object({}), 'AWS::Events::EventBus').map(({ name }) => name)];
  return new Map(names.map((name) => [name, new EventBus(name, core)]));
};

/** Rules that match events; those with a schedule are `assembleSchedules`'. */
export const assembleRules = (blueprint: Blueprint, buses: ReadonlyMap<string, EventBus>, hosts: TargetHosts): void => {
  for (const { name, logicalId, properties } of blueprint.all(rule, 'AWS::Events::Rule')) {
    if (properties.EventPattern === undefined || properties.State === 'DISABLED') continue;
    const bus = buses.get(nameOfArn(properties.EventBusName));
    if (bus === undefined)
      throw new RefusedHere(
        'run the stack here',
        `${logicalId}.EventBusName`,
        'be a bus of the stack',
        properties.EventBusName,
      );
    const targets = properties.Targets.map((one) => ruleTarget(one, hosts));
    bus.addRule({ name, arn: arn('events', `rule/${name}`), pattern: properties.EventPattern, targets });
  }
};

const ruleTarget = ({ Arn, DeadLetterConfig, ...input }: z.infer<typeof target>, hosts: TargetHosts): RuleTarget => {
  const deadLetters = DeadLetterConfig?.Arn === undefined ? undefined : queueNamed(hosts.queues, DeadLetterConfig.Arn);
  return {
    input,
    deliver: delivery(Arn, hosts),
    deadLetters: deadLetters === undefined ? undefined : (payload) => void deadLetters.send(payload),
  };
};

/** How something sends JSON to a function or a queue. */
export const delivery = (targetArn: string, { functions, queues }: TargetHosts): ((payload: string) => void) => {
  if (targetArn.includes(':sqs:')) {
    const queue = queueNamed(queues, targetArn);
    return (payload) => void queue.send(payload);
  }
  const invoker = functions.asyncByName.get(nameOfArn(targetArn));
  if (invoker === undefined)
    throw new RefusedHere('run the stack here', 'Target', 'be a function or a queue of the stack', targetArn);
  return (payload) => void invoker.invoke(payload);
};
