import { Annotations, Duration } from 'aws-cdk-lib';
import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import type { Construct } from 'constructs';
import { env } from '../../shared/env.ts';
import { storePartitions } from '../constructs/table-access.ts';
import { grantDefinitions } from './lifecycle.ts';
import { addFunction, type Platform } from './platform.ts';

/** What people and programs ask for over HTTP, apart from webhooks. */
export const addPages = (scope: Construct, platform: Platform): void => {
  addUnsubscribe(scope, platform);
  addPreferences(scope, platform);
  addAdmin(scope, platform);
};

const addUnsubscribe = (scope: Construct, platform: Platform): void => {
  const fn = addFunction(scope, platform, 'Unsubscribe', {
    name: 'unsubscribe',
    memoryMb: 256,
    timeout: Duration.seconds(10),
    reservedConcurrency: platform.settings.unsubscribeConcurrency,
    errors: platform.http.failuresOf('Unsubscribe', ['GET /u/{token}', 'POST /u/{token}']),
    errorImpact:
      "People cannot unsubscribe: a breach of law and of the mailbox providers' rules, and they complain instead.",
  });
  // A policy can name partitions, not sort keys: within customer partitions this role can update any item, and read none.
  platform.access.grant(fn, { actions: ['UpdateItem'], partitions: { like: ['S#*#C#*'] } });
  platform.parameters.grantDeploymentKey(fn);
  platform.http.route(fn, {
    path: '/u/{token}',
    methods: [HttpMethod.GET, HttpMethod.POST],
    perSecond: 100,
    access: {
      open: 'Mail programs unsubscribe without cookies or tokens (RFC 8058): the signed link is the authentication.',
    },
  });
};

/** Apart from unsubscribing, which must work when this does not. */
const addPreferences = (scope: Construct, platform: Platform): void => {
  const fn = addFunction(scope, platform, 'Preferences', {
    name: 'preferences',
    memoryMb: 256,
    timeout: Duration.seconds(10),
    errors: platform.http.failuresOf('Preferences', [
      ...['GET /preferences/{token}', 'POST /preferences/{token}'],
      ...['GET /confirm/{token}', 'POST /confirm/{token}'],
    ]),
    errorImpact:
      'People cannot choose what they get, and a yes that waits for its confirmation is lost after seven days.',
  });
  platform.access.grant(fn, {
    actions: ['Query', 'PutItem', 'UpdateItem'],
    partitions: { like: ['S#*#C#*'] },
    shards: ['due'],
  });
  // The store's settings: which topics there are.
  platform.access.grant(fn, { actions: ['GetItem'], partitions: storePartitions });
  platform.parameters.grantDeploymentKey(fn);
  platform.queues.reactRetry.grantSend(fn, env.reactRetryQueue);
  for (const path of ['/preferences/{token}', '/confirm/{token}'])
    platform.http.route(fn, {
      path,
      methods: [HttpMethod.GET, HttpMethod.POST],
      perSecond: 50,
      access: { open: 'People come from a mail, without cookies or tokens: the signed link is the authentication.' },
    });
};

const addAdmin = (scope: Construct, platform: Platform): void => {
  const { jwtIssuer, jwtAudience } = platform.settings;
  if (jwtIssuer === undefined || jwtAudience === undefined) {
    Annotations.of(scope).addInfo('No admin API: set context jwtIssuer and jwtAudience to have one.');
    return;
  }
  const fn = addFunction(scope, platform, 'Admin', {
    name: 'admin',
    memoryMb: 512,
    timeout: Duration.seconds(29),
    errors: platform.http.failuresOf('Admin', ['ANY /v1/{proxy+}', 'GET /openapi.json']),
    errorImpact: 'The admin API answers with errors: nobody loses data, the operator and the reports see nothing.',
  });
  platform.access.grant(fn, { actions: ['GetItem', 'BatchGetItem', 'Query'], queries: ['roll'], shards: ['counter'] });
  grantDefinitions(fn, platform);
  platform.parameters.grantDeploymentKey(fn);
  platform.parameters.grantKillSwitch(fn);
  platform.queues.reactRetry.grantSend(fn, env.reactRetryQueue);
  platform.http.grantUrl(fn);
  const authorizer = new HttpJwtAuthorizer('Jwt', jwtIssuer, { jwtAudience: [jwtAudience] });
  platform.http.route(fn, { path: '/v1/{proxy+}', methods: [HttpMethod.ANY], perSecond: 50, access: { authorizer } });
  platform.http.route(fn, {
    path: '/openapi.json',
    methods: [HttpMethod.GET],
    perSecond: 10,
    access: { open: "The description of the API holds nobody's data." },
  });
};
