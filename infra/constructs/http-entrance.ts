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
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, LogGroup, MetricFilter, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { env } from '../../shared/env.ts';
import type { NodeFunction } from './node-function.ts';

export interface HttpEntranceProps {
  readonly deployment: string;
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
  error: '$context.error.message',
  integrationStatus: '$context.integrationStatus',
  // A number, so that a metric filter can compare it.
}).replace('"$context.status"', '$context.status');

/** The one public address: webhooks, public pages and the admin API. */
export class HttpEntrance extends Construct {
  readonly url: string;
  private readonly api: HttpApi;
  private readonly stage: CfnStage;
  private readonly log: LogGroup;
  private readonly deployment: string;
  private readonly limits: Record<string, { ThrottlingRateLimit: number; ThrottlingBurstLimit: number }> = {};

  constructor(scope: Construct, id: string, { deployment }: HttpEntranceProps) {
    super(scope, id);
    this.deployment = deployment;
    this.log = new LogGroup(this, 'AccessLog', {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.api = new HttpApi(this, 'Api', { apiName: `perennial-${deployment}`, createDefaultStage: false });
    this.url = this.api.apiEndpoint;
    const stage = new HttpStage(this, 'Stage', {
      httpApi: this.api,
      autoDeploy: true,
      accessLogSettings: {
        destination: new LogGroupLogDestination(this.log),
        format: AccessLogFormat.custom(logFields),
      },
      throttle: { rateLimit: 50, burstLimit: 100 },
    });
    this.stage = stage.node.defaultChild as CfnStage;
    this.stage.routeSettings = Lazy.any({ produce: () => this.limits });
  }

  /**
   * Counts the 5xx that callers of these routes got. A function that answers its own faults has no errors in Lambda's
   * count, and one that Lambda had no room to run has none either; the access log has both.
   */
  failuresOf(name: string, routeKeys: readonly string[]): IMetric {
    const filter = new MetricFilter(this, `${name}Failures`, {
      logGroup: this.log,
      metricNamespace: `Perennial/${this.deployment}`,
      metricName: `${name}Failures`,
      filterPattern: FilterPattern.all(
        FilterPattern.numberValue('$.status', '>=', 500),
        FilterPattern.any(...routeKeys.map((key) => FilterPattern.stringValue('$.route', '=', key))),
      ),
      metricValue: '1',
    });
    return filter.metric({ statistic: 'Sum', period: Duration.minutes(5) });
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
