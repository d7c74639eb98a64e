import type * as z from 'zod';
import { RefusedHere } from '../refusal.ts';
import { checkSupported } from '../template/check-supported.ts';
import type { Addresses } from '../template/resource-names.ts';
import { type ResolvedResource, type Stack, template } from '../template/template.ts';
import { TemplateResolver } from '../template/template-resolver.ts';

export interface SynthesizedStack {
  name: string;
  template: unknown;
  /** Folder of each asset, by hash. */
  assets: Readonly<Record<string, string>>;
}

/** A resource whose properties were read by a schema. */
export type Read<T> = Omit<ResolvedResource, 'properties'> & { properties: T };

/** The synthesized stacks, checked and resolved. */
export class Blueprint {
  readonly addresses: Addresses;
  readonly outputs: Readonly<Record<string, string>>;
  readonly #assets: ReadonlyMap<string, string>;
  readonly #resources: readonly ResolvedResource[];

  constructor(stacks: readonly SynthesizedStack[], addresses: Addresses) {
    const parsed: Stack[] = stacks.map((stack) => ({ name: stack.name, template: template.parse(stack.template) }));
    const resolver = new TemplateResolver(parsed, addresses);
    this.addresses = addresses;
    this.#assets = new Map(stacks.flatMap(({ assets }) => Object.entries(assets)));
    this.#resources = resolver.resources();
    for (const resource of this.#resources) checkSupported(resource);
    this.outputs = resolver.outputs();
  }

  /** All resources of the types, their properties read by the schema. */
  all<S extends z.ZodType>(schema: S, ...types: string[]): Read<z.infer<S>>[] {
    return this.#resources
      .filter(({ type }) => types.includes(type))
      .map((resource) => ({ ...resource, properties: read(schema, resource) }));
  }

  asset(hash: string): string {
    const folder = this.#assets.get(hash);
    if (folder === undefined)
      throw new RefusedHere('run the stack here', 'assets', 'hold the folder of every function', hash);
    return folder;
  }
}

const read = <S extends z.ZodType>(schema: S, { stack, logicalId, properties }: ResolvedResource): z.infer<S> => {
  const parsed = schema.safeParse(properties);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new RefusedHere(
    'run the stack here',
    `${stack}/${logicalId}.${issue?.path.join('.') ?? ''}`,
    issue?.message ?? 'be readable',
    issue?.input,
  );
};
