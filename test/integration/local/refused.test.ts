import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { Blueprint } from '../../../infra/local/engine/assembly/blueprint.ts';
import { startLocalStack } from '../../../infra/local/engine/local-stack.ts';

const addresses = { awsEndpoint: 'http://127.0.0.1:1', api: 'http://127.0.0.1:2' };
const blueprint = (Resources: object, more: object = {}) =>
  new Blueprint([{ name: 'S', template: { Resources, ...more }, assets: {} }], addresses);
const queue = (Properties: object) => ({ Q: { Type: 'AWS::SQS::Queue', Properties } });

describe('a template with something the local run does not do', () => {
  it.each([
    [
      'an unknown type',
      { X: { Type: 'AWS::Kinesis::Stream', Properties: {} } },
      "'S/X' must be of a listed resource type",
    ],
    ['an unknown property', queue({ Sparkle: true }), "'S/Q.Sparkle' must be a listed property of AWS::SQS::Queue"],
    ['a refused property', queue({ FifoQueue: true }), "'S/Q.FifoQueue' must be left out (queues here are standard)"],
    [
      'an unknown nested property',
      queue({ RedrivePolicy: { deadLetterTargetArn: 'a', maxReceiveCount: 1, extra: 1 } }),
      "'S/Q.RedrivePolicy.extra'",
    ],
    [
      'an unknown property in a list',
      { R: { Type: 'AWS::Events::Rule', Properties: { Targets: [{ Arn: 'a', Id: 'b', EcsParameters: {} }] } } },
      "'S/R.Targets.EcsParameters'",
    ],
    ['an unknown function', queue({ QueueName: { 'Fn::Transform': {} } }), 'Fn::Transform'],
    [
      'an unknown attribute',
      { ...queue({ QueueName: { 'Fn::GetAtt': ['O', 'Colour'] } }), O: { Type: 'AWS::SQS::Queue' } },
      "'S/O' must use attributes known here",
    ],
    ['a dangling reference', queue({ QueueName: { Ref: 'Nobody' } }), "'S/Nobody' must be a resource of the stack"],
    ['a dangling import', queue({ QueueName: { 'Fn::ImportValue': 'nothing' } }), "'nothing' must be exported"],
  ])('is refused, naming it: %s', (_what, resources, message) => {
    expect(() => blueprint(resources)).toThrow(message);
  });

  it('lets go of everything it had opened', async () => {
    const options = { templates: [{ name: 'S', template: { Resources: queue({ Sparkle: 1 }) }, assets: {} }], port: 0 };
    await expect(startLocalStack(options)).rejects.toThrow(/Sparkle/);
  });
});

describe('references', () => {
  it('are replaced by what they stand for, across stacks too', () => {
    const first = {
      Resources: { T: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'one' } } },
      Outputs: { E: { Value: { 'Fn::GetAtt': ['T', 'Arn'] }, Export: { Name: 'first:T' } } },
    };
    const second = {
      Conditions: {
        Yes: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] },
        No: { 'Fn::Not': [{ Condition: 'Yes' }] },
      },
      Parameters: { Size: { Default: 'big' } },
      Resources: {
        P: {
          Type: 'AWS::SSM::Parameter',
          Properties: {
            Type: 'String',
            Value: {
              'Fn::Join': [
                '|',
                [
                  { 'Fn::ImportValue': 'first:T' },
                  {
                    'Fn::Sub': [
                      // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's placeholders
                      '${Size}-${AWS::Region}-${!raw}-${own}-${A.ApiEndpoint}',
                      { own: { 'Fn::Select': [1, { 'Fn::Split': [',', 'a,b'] }] } },
                    ],
                  },
                  { 'Fn::If': ['Yes', 'yes', 'no'] },
                  {
                    'Fn::Join': [
                      '',
                      [
                        'https://',
                        { Ref: 'A' },
                        '.execute-api.',
                        { Ref: 'AWS::Region' },
                        '.',
                        { Ref: 'AWS::URLSuffix' },
                        '/',
                      ],
                    ],
                  },
                ],
              ],
            },
            Description: { Ref: 'AWS::NoValue' },
          },
        },
        A: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP' } },
        Never: { Type: 'AWS::Kinesis::Stream', Condition: 'No' },
      },
    };
    const made = new Blueprint(
      [
        { name: 'first', template: first, assets: {} },
        { name: 'second', template: second, assets: {} },
      ],
      addresses,
    );
    const [parameter] = made.all(z.looseObject({ Value: z.string() }), 'AWS::SSM::Parameter');
    expect(parameter?.properties).toEqual({
      Type: 'String',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's placeholders
      Value: 'arn:aws:sqs:us-east-1:123456789012:one|big-us-east-1-${raw}-b-http://127.0.0.1:2|yes|http://127.0.0.1:2',
    });
  });
});
