import { Reference, Stack, Tokenization } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import * as z from 'zod';

const intrinsic = z.union([
  z.string(),
  z.object({ Ref: z.string() }).transform(({ Ref }) => `<${Ref}>`),
  z.object({ 'Fn::GetAtt': z.array(z.string()) }).transform((it) => `<${it['Fn::GetAtt'].join('.')}>`),
  z.object({ 'Fn::ImportValue': z.string() }).transform((it) => it['Fn::ImportValue']),
]);
const value = z.union([
  intrinsic,
  z.object({ 'Fn::Join': z.tuple([z.literal(''), z.array(intrinsic)]) }).transform((it) => it['Fn::Join'][1].join('')),
]);

/** A value of another stack reaches this one as an import, whose name the other stack knows. */
const asSeenFrom = (stack: Stack, arn: string): unknown => {
  const token = Tokenization.reverse(arn, { failConcat: false });
  const owner = token !== undefined && Reference.isReference(token) ? Stack.of(token.target) : stack;
  return stack.resolve(owner === stack ? arn : owner.exportValue(arn));
};

/** The name cdk-nag gives to its finding about a resource that ends in a wildcard: an explanation has to repeat it exactly. */
export const wildcardFinding = (scope: IConstruct, arn: string, suffix: string): string =>
  `AwsSolutions-IAM5[Resource::${value.parse(asSeenFrom(Stack.of(scope), arn))}${suffix}]`;
