import * as z from 'zod';
import { nameOfArn } from '../aws-names.ts';
import type { JwtRule } from '../http/authorizer.ts';
import { HttpApi } from '../http/http-api.ts';
import type { JwtIssuer } from '../http/jwt-issuer.ts';
import { RefusedHere } from '../refusal.ts';
import type { Functions } from './assemble-functions.ts';
import type { Blueprint } from './blueprint.ts';
import type { Core } from './core.ts';

const api = z.object({ ProtocolType: z.literal('HTTP') });
const stage = z.object({ StageName: z.literal('$default') });
const authorizer = z.object({
  AuthorizerType: z.literal('JWT'),
  IdentitySource: z.tuple([z.literal('$request.header.Authorization')]),
  JwtConfiguration: z.object({ Audience: z.array(z.string()), Issuer: z.string() }),
});
const integration = z.object({
  IntegrationType: z.literal('AWS_PROXY'),
  IntegrationUri: z.string(),
  PayloadFormatVersion: z.literal('2.0'),
  TimeoutInMillis: z.coerce.number().max(30_000).default(30_000),
});
const route = z.object({
  RouteKey: z.string(),
  Target: z.string(),
  AuthorizationType: z.enum(['NONE', 'JWT']).default('NONE'),
  AuthorizerId: z.string().optional(),
  AuthorizationScopes: z.array(z.string()).default([]),
});

export interface ApiHosts {
  issuer: JwtIssuer;
  functions: Functions;
}

/** The stack's HTTP API; nothing when it has none. */
export const assembleApi = (blueprint: Blueprint, core: Core, { issuer, functions }: ApiHosts): HttpApi | undefined => {
  const [first, ...others] = blueprint.all(api, 'AWS::ApiGatewayV2::Api');
  if (others.length > 0)
    throw new RefusedHere('run the stack here', others[0]?.logicalId ?? '', 'be the only API', others.length + 1);
  if (first === undefined) return undefined;
  blueprint.all(stage, 'AWS::ApiGatewayV2::Stage');
  const made = new HttpApi(
    { id: first.name, host: new URL(blueprint.addresses.api).host },
    issuer,
    core.activity,
    core.now,
  );
  const rules = new Map(
    blueprint
      .all(authorizer, 'AWS::ApiGatewayV2::Authorizer')
      .map(({ name, properties }) => [name, properties.JwtConfiguration]),
  );
  const integrations = new Map(
    blueprint.all(integration, 'AWS::ApiGatewayV2::Integration').map(({ name, properties }) => [name, properties]),
  );
  for (const { logicalId, properties } of blueprint.all(route, 'AWS::ApiGatewayV2::Route')) {
    const called = integrations.get(nameOfArn(properties.Target));
    const worker = called === undefined ? undefined : functions.byName.get(functionNameOf(called.IntegrationUri));
    if (called === undefined || worker === undefined)
      throw new RefusedHere('run the stack here', `${logicalId}.Target`, 'lead to a function', properties.Target);
    made.addRoute(properties.RouteKey, {
      invoke: (event) => worker.invoke(event),
      timeoutMs: called.TimeoutInMillis,
      jwt: jwtRule(logicalId, properties, rules),
    });
  }
  return made;
};

const jwtRule = (
  where: string,
  { AuthorizationType, AuthorizerId, AuthorizationScopes }: z.infer<typeof route>,
  rules: ReadonlyMap<string, { Audience: string[]; Issuer: string }>,
): JwtRule | undefined => {
  if (AuthorizationType === 'NONE') return undefined;
  const rule = rules.get(AuthorizerId ?? '');
  if (rule === undefined)
    throw new RefusedHere(
      'run the stack here',
      `${where}.AuthorizerId`,
      'name an authorizer of the stack',
      AuthorizerId,
    );
  return { issuer: rule.Issuer, audience: rule.Audience, scopes: AuthorizationScopes };
};

/** A function ARN, alone or inside an invocation path. */
const functionNameOf = (uri: string): string => /:function:([^/:]+)/.exec(uri)?.[1] ?? nameOfArn(uri);
