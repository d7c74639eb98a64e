import { readFileSync, writeFileSync } from 'node:fs';
import * as z from 'zod';
import { arn } from '../aws-names.ts';
import { AwsFault } from '../messaging/aws-fault.ts';

const parameter = z.object({
  value: z.string(),
  type: z.enum(['String', 'StringList', 'SecureString']),
  version: z.number(),
  at: z.number(),
});
type Parameter = z.infer<typeof parameter>;
const kept = z.record(z.string(), parameter);

const getOne = z.object({ Name: z.string(), WithDecryption: z.boolean().nullish() });
const getMany = z.object({ Names: z.array(z.string()).min(1).max(10), WithDecryption: z.boolean().nullish() });
const byPath = z.object({ Path: z.string(), Recursive: z.boolean().nullish(), WithDecryption: z.boolean().nullish() });
const put = z.object({
  Name: z.string(),
  Value: z.string().min(1),
  Type: parameter.shape.type.nullish(),
  Overwrite: z.boolean().nullish(),
});

/** SSM's Parameter Store. With a file, what is put survives a restart. */
export class ParameterStore {
  readonly #now: () => number;
  readonly #file: string | undefined;
  readonly #parameters: Map<string, Parameter>;

  constructor(now: () => number, file: string | undefined) {
    this.#now = now;
    this.#file = file;
    this.#parameters = new Map(Object.entries(file === undefined ? {} : readKept(file)));
  }

  set(name: string, value: string, type: Parameter['type']): number {
    const version = (this.#parameters.get(name)?.version ?? 0) + 1;
    this.#parameters.set(name, { value, type, version, at: this.#now() });
    if (this.#file !== undefined)
      writeFileSync(this.#file, JSON.stringify(Object.fromEntries(this.#parameters)), { mode: 0o600 });
    return version;
  }

  handle(operation: string, body: unknown): unknown {
    switch (operation) {
      case 'GetParameter':
        return this.#getOne(getOne.parse(body));
      case 'GetParameters':
        return this.#getMany(getMany.parse(body));
      case 'GetParametersByPath':
        return this.#byPath(byPath.parse(body));
      case 'PutParameter':
        return this.#put(put.parse(body));
      case 'DeleteParameter':
        return this.#delete(z.object({ Name: z.string() }).parse(body).Name);
      default:
        throw new AwsFault(400, 'UnknownOperationException', `${operation} is not supported here`);
    }
  }

  #getOne({ Name, WithDecryption }: z.infer<typeof getOne>) {
    return { Parameter: this.#shown(Name, this.#known(Name), WithDecryption === true) };
  }

  #getMany({ Names, WithDecryption }: z.infer<typeof getMany>) {
    const found = Names.flatMap((name) => {
      const held = this.#parameters.get(name);
      return held === undefined ? [] : [this.#shown(name, held, WithDecryption === true)];
    });
    return { Parameters: found, InvalidParameters: Names.filter((name) => !this.#parameters.has(name)) };
  }

  #byPath({ Path, Recursive, WithDecryption }: z.infer<typeof byPath>) {
    const prefix = Path.endsWith('/') ? Path : `${Path}/`;
    const isUnder = (name: string) =>
      name.startsWith(prefix) && (Recursive === true || !name.slice(prefix.length).includes('/'));
    const found = [...this.#parameters].filter(([name]) => isUnder(name));
    return { Parameters: found.map(([name, held]) => this.#shown(name, held, WithDecryption === true)) };
  }

  #put({ Name, Value, Type, Overwrite }: z.infer<typeof put>) {
    const existing = this.#parameters.get(Name);
    if (existing !== undefined && Overwrite !== true) {
      throw new AwsFault(
        400,
        'ParameterAlreadyExists',
        'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
      );
    }
    return { Version: this.set(Name, Value, Type ?? existing?.type ?? 'String'), Tier: 'Standard' };
  }

  #delete(name: string) {
    this.#known(name);
    this.#parameters.delete(name);
    return {};
  }

  #known(name: string): Parameter {
    const held = this.#parameters.get(name);
    if (held === undefined) throw new AwsFault(400, 'ParameterNotFound', 'The parameter does not exist.');
    return held;
  }

  #shown(Name: string, { value, type, version, at }: Parameter, decrypted: boolean) {
    // what KMS gives to someone who did not ask for decryption is unreadable; so is this
    const Value = type === 'SecureString' && !decrypted ? `AQICAH-local-${version}` : value;
    return {
      Name,
      Type: type,
      Value,
      Version: version,
      LastModifiedDate: at / 1_000,
      ARN: arn('ssm', `parameter${Name.startsWith('/') ? '' : '/'}${Name}`),
      DataType: 'text',
    };
  }
}

const readKept = (file: string): Record<string, Parameter> => {
  try {
    return kept.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return {};
  }
};
