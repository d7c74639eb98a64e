import { GetParameterCommand, ParameterNotFound, type SSMClient } from '@aws-sdk/client-ssm';
import { LifecycleError } from '../../domain/errors.ts';
import { type EpochMs, minutes } from '../../domain/time.ts';
import { parameterNames } from '../../env.ts';
import type { Secrets, StoreSecrets } from '../../ports/secrets.ts';

/** `secrets` is absent for a store that does not exist: remembered too, so that a wrong name costs one call a minute. */
type Cached = Readonly<{ secrets: StoreSecrets | undefined; readAt: EpochMs }>;

const refreshAfterMs = minutes(5);
const suspectAfterMs = minutes(1);
/** Wrong names in cache: they must not fill the memory, nor push out the stores that exist. */
const cachedWrongNames = 1_000;
/** What a store's id may look like; anything else cannot be a parameter's name and is refused without a call. */
const storeIdPattern = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

const unusable = (name: string, cause?: unknown): LifecycleError<'config.missing'> =>
  new LifecycleError(
    'config.missing',
    `cannot read secrets: '${name}' must be as the guide says, got something else`,
    { name },
    cause,
  );

const read = async (client: SSMClient, name: string): Promise<string | undefined> => {
  try {
    const { Parameter } = await client.send(new GetParameterCommand({ Name: name, WithDecryption: true }));
    return Parameter?.Value;
  } catch (error) {
    if (error instanceof ParameterNotFound) return undefined;
    throw error;
  }
};

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((part) => typeof part === 'string' && part.length > 0);

const isSecrets = (value: unknown): value is StoreSecrets =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(isTexts);

const parsed = (name: string, json: string): StoreSecrets => {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    // The parser's own message quotes the text: it is no cause to keep.
    throw unusable(name);
  }
  if (!isSecrets(value)) throw unusable(name);
  return value;
};

const isFresh = ({ secrets, readAt }: Cached, now: EpochMs, suspect: boolean): boolean => {
  const age = now - readAt;
  return age >= 0 && age < (suspect || secrets === undefined ? suspectAfterMs : refreshAfterMs);
};

/** One SecureString for each store and one for the deployment, kept for the life of the container. */
export const ssmSecrets = (client: SSMClient, prefix: string): Secrets => {
  const stores = new Map<string, Cached>();
  const wrongNames = new Map<string, Cached>();
  let key: Uint8Array | undefined;
  const remember = (store: string, cached: Cached): StoreSecrets | undefined => {
    if (wrongNames.size >= cachedWrongNames) wrongNames.clear();
    wrongNames.delete(store);
    stores.delete(store);
    (cached.secrets === undefined ? wrongNames : stores).set(store, cached);
    return cached.secrets;
  };
  return {
    async storeSecrets(store, now, suspect = false) {
      if (!storeIdPattern.test(store)) return undefined;
      const cached = stores.get(store) ?? wrongNames.get(store);
      if (cached && isFresh(cached, now, suspect)) return cached.secrets;
      const name = parameterNames.storeSecrets(prefix, store);
      try {
        const json = await read(client, name);
        return remember(store, { secrets: json === undefined ? undefined : parsed(name, json), readAt: now });
      } catch (error) {
        // A failed refresh is no reason to turn a store's webhooks away.
        if (cached?.secrets) return cached.secrets;
        throw error;
      }
    },
    async deploymentKey() {
      if (key) return key;
      const name = parameterNames.deploymentKey(prefix);
      const bytes = Buffer.from((await read(client, name)) ?? '', 'base64');
      if (bytes.length !== 32) throw unusable(name);
      key = new Uint8Array(bytes);
      return key;
    },
  };
};
