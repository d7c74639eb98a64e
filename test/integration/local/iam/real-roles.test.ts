import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { SynthesizedStack } from '../../../../infra/local/engine/assembly/blueprint.ts';
import { days } from '../../../../shared/domain/time.ts';
import { mailedPerson } from '../../../e2e/support/people.ts';
import { type RealRun, type RealTemplates, startReal, synthesizeReal } from '../fixture/real-stack.ts';

const person = mailedPerson();
let real: RealTemplates;
beforeAll(async () => {
  real = await synthesizeReal();
}, 60_000);
afterAll(() => real.remove());

const actions = z.union([z.string(), z.array(z.string())]).transform((one) => [one].flat());
const policy = z.object({
  Type: z.literal('AWS::IAM::Policy'),
  Properties: z.looseObject({
    PolicyDocument: z.looseObject({ Statement: z.array(z.looseObject({ Action: actions })) }),
  }),
});
const templateShape = z.looseObject({ Resources: z.record(z.string(), z.unknown()) });

/** The templates with one action taken out of every statement of the policy whose logical id begins so. */
const without = (action: string, policyOf: string): SynthesizedStack[] => {
  let removed = 0;
  const templates = real.templates.map((stack) => {
    const template = templateShape.parse(structuredClone(stack.template));
    for (const [id, resource] of Object.entries(template.Resources)) {
      const found = policy.safeParse(resource);
      if (!id.startsWith(`${policyOf}RoleDefaultPolicy`) || !found.success) continue;
      const { Statement } = found.data.Properties.PolicyDocument;
      const kept = Statement.map((one) => ({ ...one, Action: one.Action.filter((name) => name !== action) }));
      removed += Statement.filter(({ Action }) => Action.includes(action)).length;
      found.data.Properties.PolicyDocument.Statement = kept.filter(({ Action }) => Action.length > 0);
      template.Resources[id] = found.data;
    }
    return { ...stack, template };
  });
  expect(removed).toBeGreaterThan(0);
  return templates;
};

const denials = (run: RealRun): string[] => run.lines.filter((line) => line.includes(' was denied: '));

const isOf = (fn: string, action: string) => (line: string) =>
  line.startsWith(`perennial-prod-${fn.toLowerCase()} `) && line.includes(action);

/** What comes of one order within so many days. */
const afterAnOrder = async (templates: readonly SynthesizedStack[], wait = 8) => {
  const run = await startReal(templates);
  try {
    const status = await run.order(person, 'o-1');
    await run.advanceTo(run.now() + days(wait));
    return { status, mailed: await run.mailed(person), denials: denials(run) };
  } finally {
    await run.close();
  }
};

describe('the roles of the synthesized stack', () => {
  it('are enough: an order becomes a welcome, and nobody is denied anything', async () => {
    expect(await afterAnOrder(real.templates)).toEqual({ status: 202, mailed: ['welcome'], denials: [] });
  });

  it.each([
    ['Ingest', 'ssm:GetParameter', 500],
    ['Ingest', 'dynamodb:PutItem', 500],
    ['React', 'dynamodb:UpdateItem', 202],
    ['React', 'dynamodb:PutItem', 202],
    ['Enrol', 'dynamodb:Query', 202],
    ['Send', 'dynamodb:PutItem', 202],
    ['Send', 'ses:SendEmail', 202],
  ])('%s without %s: no mail, and the refusal is told', async (fn, action, status) => {
    const { denials, ...outcome } = await afterAnOrder(without(action, fn));
    expect(outcome).toEqual({ status, mailed: [] });
    expect(denials.some(isOf(fn, action))).toBe(true);
  });

  it('Relay without events:PutEvents: its refusal is told, and the sweep finds what it could not hand over', async () => {
    const { denials, mailed } = await afterAnOrder(without('events:PutEvents', 'Relay'), 9);
    expect(denials.some(isOf('Relay', 'events:PutEvents'))).toBe(true);
    expect(mailed).toEqual(['welcome']);
  });

  // a sweep that fails runs every minute, so not for days
  it('Sweep without dynamodb:Query: its refusal is told', async () => {
    const { denials } = await afterAnOrder(without('dynamodb:Query', 'Sweep'), 0.02);
    expect(denials.some(isOf('Sweep', 'dynamodb:Query'))).toBe(true);
  });

  it.each([
    ['Send', 'sqs:ReceiveMessage', /must let Perennial-SendRole\w+ do sqs:ReceiveMessage on .*:perennial-prod-send,/],
    ['Send', 'sqs:DeleteMessage', /sqs:DeleteMessage/],
    ['React', 'dynamodb:GetRecords', /must let Perennial-ReactRole\w+ do dynamodb:GetRecords on .*\/stream\//],
    ['Relay', 's3:PutObject', /s3:PutObject on arn:aws:s3:::/],
    ['SweepTick', 'lambda:InvokeFunction', /must let Perennial-SweepTickRole\w+ do lambda:InvokeFunction/],
  ])('%s without %s is refused at the start, as AWS would refuse or lose it', async (fn, action, message) => {
    await expect(startReal(without(action, fn))).rejects.toThrow(message);
  });

  it('a rule whose queue does not let it in, and a route whose function does not, are refused at the start', async () => {
    const dropped = (type: string) =>
      real.templates.map((stack) => {
        const template = templateShape.parse(stack.template);
        const kept = Object.entries(template.Resources).filter(
          ([, resource]) =>
            !(typeof resource === 'object' && resource !== null && Reflect.get(resource, 'Type') === type),
        );
        return { ...stack, template: { ...template, Resources: Object.fromEntries(kept) } };
      });
    await expect(startReal(dropped('AWS::SQS::QueuePolicy'))).rejects.toThrow(
      /let events.amazonaws.com do sqs:SendMessage/,
    );
    await expect(startReal(dropped('AWS::Lambda::Permission'))).rejects.toThrow(
      /let apigateway.amazonaws.com do lambda:InvokeFunction/,
    );
  });
});
