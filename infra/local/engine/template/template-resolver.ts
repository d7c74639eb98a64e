import { account, region } from '../aws-names.ts';
import { RefusedHere } from '../refusal.ts';
import { type Addresses, attributeOf, nameProperties, refOf } from './resource-names.ts';
import type { ResolvedResource, Stack, TemplateResource } from './template.ts';

const pseudo: Readonly<Record<string, string>> = {
  'AWS::AccountId': account,
  'AWS::Region': region,
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const noValue = Symbol('AWS::NoValue');

/** Replaces CloudFormation's references and functions by what they stand for here. Names are known beforehand, so order does not matter. */
export class TemplateResolver {
  readonly #stacks: ReadonlyMap<string, Stack>;
  readonly #addresses: Addresses;
  readonly #exports = new Map<string, { stack: Stack; value: unknown }>();

  constructor(stacks: readonly Stack[], addresses: Addresses) {
    this.#stacks = new Map(stacks.map((stack) => [stack.name, stack]));
    this.#addresses = addresses;
    for (const stack of stacks) {
      for (const { Value, Export } of Object.values(stack.template.Outputs)) {
        if (Export !== undefined) this.#exports.set(String(this.resolve(Export.Name, stack)), { stack, value: Value });
      }
    }
  }

  /** Every resource of every stack whose condition holds. */
  resources(): ResolvedResource[] {
    return [...this.#stacks.values()].flatMap((stack) =>
      Object.entries(stack.template.Resources)
        .filter(([, { Condition }]) => Condition === undefined || this.#condition(Condition, stack))
        .map(([logicalId, resource]) => this.#resolved(stack, logicalId, resource)),
    );
  }

  outputs(): Record<string, string> {
    const values = [...this.#stacks.values()].flatMap((stack) =>
      Object.entries(stack.template.Outputs)
        .filter(
          ([, { Export, Condition }]) =>
            Export === undefined && (Condition === undefined || this.#condition(Condition, stack)),
        )
        .map(([name, { Value }]): [string, string] => [name, String(this.resolve(Value, stack))]),
    );
    return Object.fromEntries(values);
  }

  resolve(value: unknown, stack: Stack): unknown {
    const resolved = this.#resolve(value, stack);
    return resolved === noValue ? undefined : resolved;
  }

  #resolved(stack: Stack, logicalId: string, resource: TemplateResource): ResolvedResource {
    const properties = this.resolve(resource.Properties ?? {}, stack);
    const name = this.#nameOf(stack, logicalId, resource);
    return {
      stack: stack.name,
      logicalId,
      type: resource.Type,
      name,
      properties: isObject(properties) ? properties : {},
    };
  }

  #nameOf(stack: Stack, logicalId: string, { Type, Properties = {} }: TemplateResource): string {
    const property = nameProperties[Type];
    const given = property === undefined ? undefined : this.resolve(Properties[property], stack);
    return typeof given === 'string' ? given : `${stack.name}-${logicalId}`;
  }

  #resolve(value: unknown, stack: Stack): unknown {
    if (typeof value === 'string') return this.#local(value);
    if (Array.isArray(value)) return value.map((item) => this.#resolve(item, stack)).filter((item) => item !== noValue);
    if (!isObject(value)) return value;
    const [[name, argument] = ['', undefined], ...others] = Object.entries(value);
    if (others.length === 0 && (name === 'Ref' || name.startsWith('Fn::'))) return this.#call(name, argument, stack);
    const fields = Object.entries(value).map(([key, inner]): [string, unknown] => [key, this.#resolve(inner, stack)]);
    return Object.fromEntries(fields.filter(([, inner]) => inner !== noValue));
  }

  /** CDK writes an API's address from its id; here it is where we listen. */
  #local(text: string): string {
    return text.replace(/https:\/\/[\w-]+\.execute-api\.[\w-]+\.amazonaws\.com\/?/g, this.#addresses.api);
  }

  #call(name: string, argument: unknown, stack: Stack): unknown {
    switch (name) {
      case 'Ref':
        return this.#ref(String(argument), stack);
      case 'Fn::GetAtt':
        return this.#getAtt(argument, stack);
      case 'Fn::Sub':
        return this.#local(this.#sub(argument, stack));
      case 'Fn::Join':
        return this.#join(argument, stack);
      case 'Fn::Select':
        return this.#select(argument, stack);
      case 'Fn::Split':
        return String(this.#resolve(listOf(argument)[1], stack)).split(String(listOf(argument)[0]));
      case 'Fn::ImportValue':
        return this.#import(String(this.#resolve(argument, stack)));
      case 'Fn::If':
        return this.#resolve(listOf(argument)[this.#condition(String(listOf(argument)[0]), stack) ? 1 : 2], stack);
      case 'Fn::FindInMap':
        return this.#findInMap(argument, stack);
      case 'Fn::Base64':
        return Buffer.from(String(this.#resolve(argument, stack))).toString('base64');
      default:
        throw new RefusedHere('read the template', `${stack.name}`, 'use functions known here', name);
    }
  }

  #ref(target: string, stack: Stack): unknown {
    if (target === 'AWS::NoValue') return noValue;
    if (target === 'AWS::StackName') return stack.name;
    if (target === 'AWS::StackId') return `arn:aws:cloudformation:${region}:${account}:stack/${stack.name}/local`;
    const fixed = pseudo[target];
    if (fixed !== undefined) return fixed;
    const parameter = stack.template.Parameters[target];
    if (parameter !== undefined) return parameter.Default;
    const resource = this.#resource(stack, target);
    return refOf(resource.Type, this.#nameOf(stack, target, resource), this.#addresses);
  }

  #getAtt(argument: unknown, stack: Stack): string {
    const [id = '', ...rest] = typeof argument === 'string' ? argument.split('.') : listOf(argument).map(String);
    const attribute = rest.join('.');
    const resource = this.#resource(stack, id);
    const value = attributeOf(resource.Type, this.#nameOf(stack, id, resource), attribute, this.#addresses);
    if (value === undefined)
      throw new RefusedHere(
        'read the template',
        `${stack.name}/${id}`,
        'use attributes known here',
        `${resource.Type} ${attribute}`,
      );
    return value;
  }

  #resource(stack: Stack, id: string): TemplateResource {
    const resource = stack.template.Resources[id];
    if (resource === undefined)
      throw new RefusedHere('read the template', `${stack.name}/${id}`, 'be a resource of the stack', undefined);
    return resource;
  }

  #sub(argument: unknown, stack: Stack): string {
    const [text, variables] = Array.isArray(argument)
      ? [String(argument[0]), this.#resolve(argument[1], stack)]
      : [String(argument), {}];
    const own = new Map(isObject(variables) ? Object.entries(variables) : []);
    return text.replace(/\$\{(!?)([^}]+)\}/g, (_found: string, literal: string, name: string) => {
      if (literal === '!') return `\${${name}}`;
      if (own.has(name)) return String(own.get(name));
      return String(name.includes('.') ? this.#getAtt(name, stack) : this.#ref(name, stack));
    });
  }

  #join(argument: unknown, stack: Stack): string {
    const [separator, parts] = listOf(argument);
    return this.#local(listOf(this.#resolve(parts, stack)).map(String).join(String(separator)));
  }

  #select(argument: unknown, stack: Stack): unknown {
    const [index, from] = listOf(argument);
    return listOf(this.#resolve(from, stack))[Number(index)];
  }

  #import(name: string): unknown {
    const exported = this.#exports.get(name);
    if (exported === undefined)
      throw new RefusedHere('read the template', name, 'be exported by one of the stacks', undefined);
    return this.#resolve(exported.value, exported.stack);
  }

  #findInMap(argument: unknown, stack: Stack): unknown {
    const [map, first, second] = listOf(this.#resolve(argument, stack)).map(String);
    return stack.template.Mappings[map ?? '']?.[first ?? '']?.[second ?? ''];
  }

  #condition(name: string, stack: Stack): boolean {
    return this.#holds(stack.template.Conditions[name], stack);
  }

  #holds(expression: unknown, stack: Stack): boolean {
    const [[name, argument] = ['', undefined]] = isObject(expression) ? Object.entries(expression) : [];
    const parts = listOf(argument);
    if (name === 'Condition') return this.#condition(String(argument), stack);
    if (name === 'Fn::Equals') return this.#resolve(parts[0], stack) === this.#resolve(parts[1], stack);
    if (name === 'Fn::Not') return !this.#holds(parts[0], stack);
    if (name === 'Fn::And') return parts.every((part) => this.#holds(part, stack));
    if (name === 'Fn::Or') return parts.some((part) => this.#holds(part, stack));
    throw new RefusedHere('read the template', `${stack.name} Conditions`, 'use functions known here', name);
  }
}
