import { expect, it } from 'vitest';
import { makeApp } from '../../infra/app.ts';
import { fixtureBundles, perennial, resource, resourcesOf } from './synthesized.ts';

const stage = resource(perennial, 'AWS::ApiGatewayV2::Stage', 'Http');
const routes = resourcesOf(perennial, 'AWS::ApiGatewayV2::Route').map(([, { Properties }]) => Properties);
const keys = (withToken: boolean) =>
  routes
    .filter(({ AuthorizerId }) => (AuthorizerId !== undefined) === withToken)
    .map(({ RouteKey }) => RouteKey)
    .sort();

it('asks for a token at the admin API and nowhere else', () => {
  expect(keys(true)).toEqual(['ANY /v1/{proxy+}']);
  expect(keys(false)).toEqual([
    'GET /confirm/{token}',
    'GET /openapi.json',
    'GET /preferences/{token}',
    'GET /u/{token}',
    'POST /confirm/{token}',
    'POST /preferences/{token}',
    'POST /u/{token}',
    'POST /webhooks/{store}/{source}',
  ]);
});

it('trusts the tokens of the given issuer for the given audience', () => {
  const { AuthorizerType, JwtConfiguration } = resource(perennial, 'AWS::ApiGatewayV2::Authorizer', 'Http').Properties;
  expect(AuthorizerType).toBe('JWT');
  expect(JwtConfiguration).toEqual({ Issuer: 'https://issuer.example.com', Audience: ['perennial'] });
});

it('has no admin API without an issuer and an audience', () => {
  const stack = makeApp({ bundles: fixtureBundles(), checks: false }).synth().getStackByName('Perennial');
  const logicalIds = Object.keys(stack.template.Resources);
  expect(logicalIds.filter((id) => /Admin|Jwt|v1|openapi/i.test(id))).toEqual([]);
});

it('limits each route by itself, so that a flood of webhooks leaves room to unsubscribe', () => {
  expect(Object.keys(stage.Properties.RouteSettings).sort()).toEqual(routes.map(({ RouteKey }) => RouteKey).sort());
  const { 'POST /u/{token}': unsubscribe, 'POST /webhooks/{store}/{source}': webhooks } =
    stage.Properties.RouteSettings;
  expect(webhooks.ThrottlingRateLimit).toBe(500);
  expect(unsubscribe.ThrottlingRateLimit).toBe(100);
  expect(unsubscribe.ThrottlingBurstLimit).toBe(200);
});

it('makes the stage after the routes it names', () => {
  const ids = resourcesOf(perennial, 'AWS::ApiGatewayV2::Route').map(([id]) => id);
  expect(stage.DependsOn).toEqual(expect.arrayContaining(ids));
});

it('logs every request without addresses, paths or agents', () => {
  const format: string = stage.Properties.AccessLogSettings.Format;
  expect(format).toContain('$context.routeKey');
  expect(format).not.toMatch(/\$context\.(path|identity|authorizer|requestOverride|customDomain)/);
  const log = perennial.Resources[stage.Properties.AccessLogSettings.DestinationArn['Fn::GetAtt'][0]];
  expect(log?.Properties.RetentionInDays).toBe(30);
});

it('answers no browser from another origin', () => {
  expect(resource(perennial, 'AWS::ApiGatewayV2::Api', 'Http').Properties.CorsConfiguration).toBeUndefined();
});

it('speaks payload format 2.0 to every function', () => {
  const integrations = resourcesOf(perennial, 'AWS::ApiGatewayV2::Integration');
  expect(integrations.map(([, { Properties }]) => Properties.PayloadFormatVersion)).toEqual(
    integrations.map(() => '2.0'),
  );
});
