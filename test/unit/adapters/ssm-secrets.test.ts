import { SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { ssmSecrets } from '../../../shared/adapters/ssm/ssm-secrets.ts';
import { minutes, seconds } from '../../../shared/domain/time.ts';
import { type AwsWire, startAwsWire, type WireRequest, wireCredentials } from '../../support/aws-wire.ts';

const now = 1_767_607_200_000;
const deploymentKey = Buffer.alloc(32, 9).toString('base64');

describe('secrets in SSM', () => {
  let wire: AwsWire;
  let parameters: Record<string, string>;
  const answers = (request: WireRequest) => {
    const { Name, WithDecryption } = z
      .object({ Name: z.string(), WithDecryption: z.literal(true) })
      .parse(request.body);
    const Value = WithDecryption ? parameters[Name] : undefined;
    if (Value === undefined) return { status: 400, body: { __type: 'ParameterNotFound', message: 'none' } };
    return { status: 200, body: { Parameter: { Name, Type: 'SecureString', Value, Version: 1 } } };
  };
  const open = (values: Record<string, string> = {}) => {
    parameters = values;
    wire.answer(answers);
    return ssmSecrets(
      new SSMClient({ ...wireCredentials, endpoint: wire.endpoint, maxAttempts: 1 }),
      '/perennial/test',
    );
  };
  const demo = (secrets: unknown) => ({ '/perennial/test/stores/demo/secrets': JSON.stringify(secrets) });
  beforeAll(async () => {
    wire = await startAwsWire();
  });
  afterAll(() => wire.stop());

  it('asks once and again after five minutes', async () => {
    const secrets = open(demo({ shopify: ['new', 'old'] }));
    for (const at of [now, now + minutes(1), now + minutes(5) - 1]) {
      expect(await secrets.storeSecrets('demo', at)).toEqual({ shopify: ['new', 'old'] });
    }
    expect(wire.requests).toHaveLength(1);
    parameters = demo({ shopify: ['newest'] });
    expect(await secrets.storeSecrets('demo', now + minutes(5))).toEqual({ shopify: ['newest'] });
    expect(wire.requests).toHaveLength(2);
  });

  it('asks again on a suspect signature, at most once a minute', async () => {
    const secrets = open(demo({ shopify: ['old'] }));
    await secrets.storeSecrets('demo', now);
    parameters = demo({ shopify: ['rotated'] });
    expect(await secrets.storeSecrets('demo', now + seconds(59), true)).toEqual({ shopify: ['old'] });
    expect(await secrets.storeSecrets('demo', now + seconds(60), true)).toEqual({ shopify: ['rotated'] });
    await secrets.storeSecrets('demo', now + seconds(100), true);
    expect(wire.requests).toHaveLength(2);
  });

  it('asks once a minute for a store that does not exist, and finds it once it does', async () => {
    const secrets = open();
    for (const at of [now, now + 1, now + seconds(59)]) {
      expect(await secrets.storeSecrets('nobody', at)).toBeUndefined();
      expect(await secrets.storeSecrets('nobody', at, true)).toBeUndefined();
    }
    expect(wire.requests).toHaveLength(1);
    parameters = { '/perennial/test/stores/nobody/secrets': '{"standard":["s"]}' };
    expect(await secrets.storeSecrets('nobody', now + minutes(1))).toEqual({ standard: ['s'] });
  });

  it.each(['', '../deployment-key', 'a/b', 'x'.repeat(65), 'dé'])(
    'refuses %j as a store without a call',
    async (store) => {
      const secrets = open({ '/perennial/test/stores/../deployment-key/secrets': '{}' });
      expect(await secrets.storeSecrets(store, now)).toBeUndefined();
      expect(wire.requests).toHaveLength(0);
    },
  );

  it('keeps a known store through a flood of names that do not exist, and its secrets when SSM is worn out by it', async () => {
    const secrets = open(demo({ shopify: ['a'] }));
    await secrets.storeSecrets('demo', now);
    for (let n = 0; n < 1_200; n++) await secrets.storeSecrets(`nobody-${n}`, now);
    wire.answer(() => ({ status: 400, body: { __type: 'ThrottlingException', message: 'Rate exceeded' } }));
    expect(await secrets.storeSecrets('demo', now + minutes(5))).toEqual({ shopify: ['a'] });
  });

  it('keeps the secrets it has when a refresh fails, and throws when it has none', async () => {
    const secrets = open(demo({ shopify: ['a'] }));
    await secrets.storeSecrets('demo', now);
    wire.answer(() => ({ status: 500, body: { __type: 'InternalServerError' } }));
    expect(await secrets.storeSecrets('demo', now + minutes(10))).toEqual({ shopify: ['a'] });
    await expect(secrets.storeSecrets('other', now)).rejects.toThrow();
  });

  it.each(['not json', '[]', '{"shopify":"text"}', '{"shopify":[""]}', 'null'])(
    'refuses the malformed %s and never quotes it',
    async (value) => {
      const secrets = open({ '/perennial/test/stores/demo/secrets': value });
      const fault: unknown = await secrets.storeSecrets('demo', now).catch((error: unknown) => error);
      expect(fault).toMatchObject({ code: 'config.missing' });
      expect(fault).toBeInstanceOf(Error);
      if (fault instanceof Error) expect([fault.message, String(fault.cause)].join()).not.toContain(value);
    },
  );

  it('loads the deployment key once, and only one of 32 bytes', async () => {
    const secrets = open({ '/perennial/test/deployment-key': deploymentKey });
    expect(await secrets.deploymentKey()).toEqual(new Uint8Array(32).fill(9));
    await secrets.deploymentKey();
    expect(wire.requests).toHaveLength(1);
    const short = open({ '/perennial/test/deployment-key': 'c2hvcnQ=' });
    await expect(short.deploymentKey()).rejects.toMatchObject({ code: 'config.missing' });
    await expect(open().deploymentKey()).rejects.toMatchObject({ code: 'config.missing' });
  });
});
