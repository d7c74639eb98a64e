import * as z from 'zod';
import { arn, functionArn, nameOfArn, queueArn, topicArn } from '../../aws-names.ts';
import type { AccessRequest } from '../../iam/access-request.ts';
import { configurationSetArn } from '../../mail/mail-events.ts';
import type { Blueprint } from '../blueprint.ts';
import type { AccessBook } from './access-book.ts';

const target = z.object({
  Arn: z.string(),
  RoleArn: z.string().optional(),
  DeadLetterConfig: z.object({ Arn: z.string().optional() }).optional(),
});
const rule = z.object({ Targets: z.array(target).default([]) });
const schedule = z.object({ Target: z.object({ Arn: z.string(), RoleArn: z.string() }) });
const integration = z.object({ IntegrationUri: z.string() });
const route = z.object({ ApiId: z.string(), RouteKey: z.string(), Target: z.string() });
const subscription = z.object({ TopicArn: z.string(), Endpoint: z.string(), Protocol: z.string() });
const mailEvents = z.object({
  ConfigurationSetName: z.string(),
  EventDestination: z.object({ SnsDestination: z.object({ TopicARN: z.string() }).optional() }),
});

/** What services need to hand on to each other. On AWS a missing permission here loses events in silence. */
export const checkDeliveries = (blueprint: Blueprint, book: AccessBook): void => {
  checkRules(blueprint, book);
  checkSchedules(blueprint, book);
  checkRoutes(blueprint, book);
  checkTopics(blueprint, book);
};

const delivery = (to: string): AccessRequest =>
  to.includes(':sqs:')
    ? { action: 'sqs:SendMessage', resource: queueArn(nameOfArn(to)) }
    : { action: 'lambda:InvokeFunction', resource: functionArn(nameOfArn(to)) };

const checkRules = (blueprint: Blueprint, book: AccessBook): void => {
  for (const { logicalId, name, properties } of blueprint.all(rule, 'AWS::Events::Rule')) {
    const source = arn('events', `rule/${name}`);
    for (const { Arn, RoleArn, DeadLetterConfig } of properties.Targets) {
      if (RoleArn === undefined) book.requireService(logicalId, 'events.amazonaws.com', source, delivery(Arn));
      else checkRole(book, { where: logicalId, RoleArn, service: 'events.amazonaws.com', source, to: Arn });
      if (DeadLetterConfig?.Arn !== undefined)
        book.requireService(logicalId, 'events.amazonaws.com', source, delivery(DeadLetterConfig.Arn));
    }
  }
};

/** Scheduler takes the role in the name of the schedule's group. */
const checkSchedules = (blueprint: Blueprint, book: AccessBook): void => {
  const source = arn('scheduler', 'schedule-group/default');
  for (const { logicalId, properties } of blueprint.all(schedule, 'AWS::Scheduler::Schedule')) {
    const { Arn, RoleArn } = properties.Target;
    checkRole(book, { where: logicalId, RoleArn, service: 'scheduler.amazonaws.com', source, to: Arn });
  }
};

const checkRole = (
  book: AccessBook,
  asked: { where: string; RoleArn: string; service: string; source: string; to: string },
): void => {
  const role = book.role(`${asked.where}.RoleArn`, asked.RoleArn);
  book.requireTrust(asked.where, role, asked.service, asked.source);
  book.requireRole(asked.where, role, delivery(asked.to));
};

const checkRoutes = (blueprint: Blueprint, book: AccessBook): void => {
  const called = new Map(
    blueprint
      .all(integration, 'AWS::ApiGatewayV2::Integration')
      .map(({ name, properties }) => [name, properties.IntegrationUri]),
  );
  for (const { logicalId, properties } of blueprint.all(route, 'AWS::ApiGatewayV2::Route')) {
    const uri = called.get(nameOfArn(properties.Target));
    if (uri === undefined) continue; // said better where the route is made
    const name = /:function:([^/:]+)/.exec(uri)?.[1] ?? nameOfArn(uri);
    const request = { action: 'lambda:InvokeFunction', resource: functionArn(name) };
    book.requireService(logicalId, 'apigateway.amazonaws.com', routeArn(properties), request);
  }
};

/** `POST /orders/{id}` as `{api}/$default/POST/orders/{id}`; any method stands for all of them. */
const routeArn = ({ ApiId, RouteKey }: z.infer<typeof route>): string => {
  const [method = '', path = ''] = RouteKey.split(' ');
  return arn('execute-api', `${ApiId}/$default/${method === 'ANY' ? 'GET' : method}${path}`);
};

const checkTopics = (blueprint: Blueprint, book: AccessBook): void => {
  for (const { logicalId, properties } of blueprint.all(subscription, 'AWS::SNS::Subscription')) {
    if (properties.Protocol !== 'sqs') continue;
    const source = topicArn(nameOfArn(properties.TopicArn));
    book.requireService(logicalId, 'sns.amazonaws.com', source, delivery(properties.Endpoint));
  }
  for (const found of blueprint.all(mailEvents, 'AWS::SES::ConfigurationSetEventDestination')) {
    const { ConfigurationSetName, EventDestination } = found.properties;
    if (EventDestination.SnsDestination === undefined) continue;
    const resource = topicArn(nameOfArn(EventDestination.SnsDestination.TopicARN));
    const request = { action: 'sns:Publish', resource };
    book.requireService(found.logicalId, 'ses.amazonaws.com', configurationSetArn(ConfigurationSetName), request);
  }
};
