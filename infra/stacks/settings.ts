import * as z from 'zod';
import { LifecycleError } from '../../shared/domain/errors.ts';

const shards = z.coerce.number().int().min(1).max(64);
const text = z.string().min(1);

/** What an operator may set with `--context name=value`, or the caller of `makeApp`. */
const schema = z.object({
  /** Names everything that has a name, so several deployments fit into one account. */
  deployment: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,19}$/)
    .default('prod'),
  /** Issuer and audience of the tokens the admin API trusts; without them there is no admin API. */
  jwtIssuer: z.url().optional(),
  jwtAudience: text.optional(),
  /** Gets every alarm; AWS sends it a link to confirm first. */
  alarmEmail: z.email().optional(),
  /** The domain of the From address; its DNS records come out of the deployment. */
  sendingDomain: z.hostname().optional(),
  /** Shards of the due index. An index key cannot be changed later: decide before the first order. */
  dueShards: shards.default(16),
  /** Shards of each counter. */
  counterShards: shards.default(8),
  /** Customers a rebase has looked at again in a minute, at most: more is sooner done, and more at once for react. */
  rebasePerMinute: z.coerce.number().int().min(1).max(5_000).default(1_000),
  /**
   * Environments that only unsubscribing may use, whatever else takes all of the account's. AWS keeps 100 of an account's unreserved,
   * so an account of 10, as new ones are, cannot deploy any. @default none
   */
  unsubscribeConcurrency: z.coerce.number().int().min(1).max(100).optional(),
  /** A table made by a restore, which takes the place of the stack's own; with the ARN of its stream. */
  restoredTable: z
    .string()
    .regex(/^[A-Za-z0-9_.-]{3,255}$/)
    .optional(),
  restoredTableStream: z
    .string()
    .regex(/^arn:aws[a-z-]*:dynamodb:[a-z0-9-]+:\d{12}:table\/[A-Za-z0-9_.-]+\/stream\/.+$/)
    .optional(),
});

export type Settings = Readonly<z.infer<typeof schema>>;
export type SettingName = keyof Settings;

const refuse = (field: string, rule: string, value: unknown): never => {
  throw new LifecycleError('policy.invalid', `cannot synthesize: '${field}' must ${rule}, got ${String(value)}`, {
    field,
    value,
  });
};

/** Reads every setting through `contextOf`; what is set wrongly stops the synthesis, and names the setting. */
export const parseSettings = (contextOf: (name: SettingName) => unknown): Settings => {
  const names = schema.keyof().options;
  const given = Object.fromEntries(
    names.map((name) => [name, contextOf(name)]).filter(([, value]) => value !== undefined),
  );
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const field = String(issue?.path[0]);
    return refuse(field, `be valid (${issue?.message ?? 'unknown'})`, given[field]);
  }
  const { restoredTable, restoredTableStream } = parsed.data;
  for (const pair of pairs) refuseOneWithoutTheOther(parsed.data, pair);
  if (restoredTable !== undefined && !restoredTableStream?.includes(`:table/${restoredTable}/`))
    return refuse('restoredTableStream', "be the stream of 'restoredTable'", restoredTableStream);
  return parsed.data;
};

const pairs = [
  ['jwtIssuer', 'jwtAudience'],
  ['restoredTable', 'restoredTableStream'],
] as const;

const refuseOneWithoutTheOther = (settings: Settings, [one, other]: (typeof pairs)[number]): void => {
  const missing = [one, other].find((name) => settings[name] === undefined);
  const given = [one, other].find((name) => settings[name] !== undefined);
  if (missing !== undefined && given !== undefined) refuse(missing, `be given together with ${given}`, undefined);
};
