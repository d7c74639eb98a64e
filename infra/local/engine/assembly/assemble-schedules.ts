import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { account, arn, nameOfArn, region } from '../aws-names.ts';
import type { InvokeOutcome } from '../compute/invoke-outcome.ts';
import { Schedule } from '../time/schedule.ts';
import { parseSchedule } from '../time/schedule-expression.ts';
import { delivery, type TargetHosts } from './assemble-events.ts';
import type { Blueprint } from './blueprint.ts';
import type { Core } from './core.ts';

const rule = z.object({
  ScheduleExpression: z.string().optional(),
  State: z.string().default('ENABLED'),
  Targets: z.array(z.object({ Arn: z.string(), Input: z.string().optional() })).default([]),
});
const schedule = z.object({
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z.string().default('UTC'),
  State: z.string().default('ENABLED'),
  Target: z.object({ Arn: z.string(), Input: z.string().optional() }),
});

interface Plan {
  expression: string;
  timeZone: string;
  target: string;
  event: (at: number) => string;
}

/** Scheduled rules and EventBridge Scheduler's schedules; `writes` counts writes to tables. */
export const assembleSchedules = (
  blueprint: Blueprint,
  core: Core,
  hosts: TargetHosts,
  writes: () => number,
): Schedule[] =>
  [...rulePlans(blueprint), ...schedulerPlans(blueprint)].map(({ expression, timeZone, target, event }) => {
    const run = runner(target, hosts);
    const task = {
      next: parseSchedule(expression, timeZone),
      run: (at: number) => run(event(at)),
      now: core.now,
      writes,
    };
    return new Schedule(task, core.timers);
  });

const rulePlans = (blueprint: Blueprint): Plan[] =>
  blueprint.all(rule, 'AWS::Events::Rule').flatMap(({ name, properties: { ScheduleExpression, State, Targets } }) => {
    if (ScheduleExpression === undefined || State === 'DISABLED') return [];
    return Targets.map(({ Arn, Input }) => ({
      expression: ScheduleExpression,
      timeZone: 'UTC',
      target: Arn,
      event: (at: number) => Input ?? scheduledEvent('aws.events', arn('events', `rule/${name}`), at, {}),
    }));
  });

const schedulerPlans = (blueprint: Blueprint): Plan[] =>
  blueprint
    .all(schedule, 'AWS::Scheduler::Schedule')
    .flatMap(({ name, properties: { ScheduleExpression, ScheduleExpressionTimezone, State, Target } }) => {
      if (State === 'DISABLED') return [];
      const own = arn('scheduler', `schedule/default/${name}`);
      const event = (at: number) =>
        Target.Input === undefined
          ? scheduledEvent('aws.scheduler', own, at, '{}')
          : withContext(Target.Input, own, at);
      return [{ expression: ScheduleExpression, timeZone: ScheduleExpressionTimezone, target: Target.Arn, event }];
    });

const runner = (target: string, hosts: TargetHosts): ((event: string) => Promise<InvokeOutcome>) => {
  const invoker = hosts.functions.asyncByName.get(nameOfArn(target));
  if (invoker !== undefined) return (event) => invoker.invoke(event);
  const deliver = delivery(target, hosts);
  return async (event) => {
    deliver(event);
    return { type: 'returned', payload: 'null' };
  };
};

const isoSeconds = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;

const scheduledEvent = (source: string, resource: string, at: number, detail: unknown): string =>
  JSON.stringify({
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source,
    account,
    time: isoSeconds(at),
    region,
    resources: [resource],
    detail,
  });

/** Scheduler's context attributes, as far as they exist here. */
const withContext = (input: string, scheduleArn: string, at: number): string =>
  input
    .replaceAll('<aws.scheduler.scheduled-time>', isoSeconds(at))
    .replaceAll('<aws.scheduler.schedule-arn>', scheduleArn)
    .replaceAll('<aws.scheduler.execution-id>', randomUUID())
    .replaceAll('<aws.scheduler.attempt-number>', '1');
