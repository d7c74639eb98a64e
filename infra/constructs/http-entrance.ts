import { Duration, Lazy, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  CfnRoute,
  type CfnStage,
  HttpApi,
  type HttpMethod,
  HttpStage,
  type IHttpRouteAuthorizer,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { env } from '../../shared/env.ts';
import type { Alarms } from './alarms.ts';
import type { NodeFunction } from './node-function.ts';

export interface HttpEntranceProps {
  readonly alarms: Alarms;
  /** What callers lose while they are answered with 5xx. */
  readonly errorImpact: string;
}

export interface RouteOptions {
  readonly path: string;
  readonly methods: readonly HttpMethod[];
  /** Requests a second, each route by itself: a flood of one starves no other. */
  readonly perSecond: number;
  /** Why it needs no token, or what checks it. */
  readonly access: { readonly open: string } | { readonly authorizer: IHttpRouteAuthorizer };
}

/** Fields without personal data; paths are left out because unsubscribe links carry their token there. */
const logFields = JSON.stringify({
  requestId: '$context.requestId',
  at: '$context.requestTimeEpoch',
  route: '$context.routeKey',
  status: '$context.status',
  latencyMs: '$context.responseLatency',
  error: '$context.error.messageString',
  integrationStatus: '$context.integrationStatus',
});

/** The one public address: webhooks, public pages and the admin API. */
export class HttpEntrance extends Construct {
  readonly url: string;
  private readonly api: HttpApi;
  private readonly stage: CfnStage;
  private readonly limits: Record<string, { ThrottlingRateLimit: number; ThrottlingBurstLimit: number }> = {};

  constructor(scope: Construct, id: string, { alarms, errorImpact }: HttpEntranceProps) {
    super(scope, id);
    this.api = new HttpApi(this, 'Api', { apiName: `perennial-${alarms.deployment}`, createDefaultStage: false });
    this.url = this.api.apiEndpoint;
    const stage = new HttpStage(this, 'Stage', {
      httpApi: this.api,
      autoDeploy: true,
      accessLogSettings: {
        destination: new LogGroupLogDestination(
          new LogGroup(this, 'AccessLog', { retention: RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY }),
        ),
        format: AccessLogFormat.custom(logFields),
      },
      throttle: { rateLimit: 50, burstLimit: 100 },
    });
    this.stage = stage.node.defaultChild as CfnStage;
    this.stage.routeSettings = Lazy.any({ produce: () => this.limits });
    alarms.add('api-errors', {
      metric: this.api.metricServerError({ period: Duration.minutes(5), statistic: 'Sum' }),
      threshold: 5,
      errorImpact,
    });
  }

  /** Tells a function the public address, for the links it writes. */
  grantUrl(fn: NodeFunction): void {
    fn.knows(env.apiUrl, this.url);
  }

  route(fn: NodeFunction, { path, methods, perSecond, access }: RouteOptions): void {
    const routes = this.api.addRoutes({
      path,
      methods: [...methods],
      integration: new HttpLambdaIntegration(`${fn.node.id}Integration`, fn.lambda),
      ...('authorizer' in access && { authorizer: access.authorizer }),
    });
    for (const route of routes) {
      if ('open' in access) Validations.of(route).acknowledge({ id: 'AwsSolutions-APIG4', reason: access.open });
      if (route.node.defaultChild instanceof CfnRoute) this.throttle(route.node.defaultChild, perSecond);
    }
  }

  private throttle(route: CfnRoute, perSecond: number): void {
    this.limits[route.routeKey] = { ThrottlingRateLimit: perSecond, ThrottlingBurstLimit: 2 * perSecond };
    // A stage that names a route before the route exists is refused.
    this.stage.addResourceDependency(route);
  }
}
