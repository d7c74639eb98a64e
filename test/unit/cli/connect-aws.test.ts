import { createServer, type Server } from 'node:http';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { Refusal } from '../../../infra/cli/refusal.ts';
import { refusalForAws } from '../../../infra/cli/system/aws-refusal.ts';
import { connectAws } from '../../../infra/cli/system/connect-aws.ts';
import type { Operations } from '../../../infra/cli/system/operations.ts';
import { type DynamoServer, dynamoMissing, startDynamo } from '../../support/dynoxide.ts';
import { demo } from '../admin/admin-scene.ts';

const request = z.object({
  Name: z.string(),
  Value: z.string().optional(),
  Type: z.string().optional(),
  Overwrite: z.boolean().optional(),
  WithDecryption: z.boolean().optional(),
});

type Kept = Readonly<{ value: string; type: string }>;

/** SSM's parameter store on the wire (JSON 1.1), in front of a DynamoDB server: one endpoint for both, as in the local run. */
const startAws = async (
  dynamoEndpoint: string,
): Promise<Readonly<{ server: Server; endpoint: string; parameters: Map<string, Kept> }>> => {
  const parameters = new Map<string, Kept>();
  const answerSsm = (operation: string, body: z.output<typeof request>): readonly [number, object] => {
    const known = parameters.get(body.Name);
    if (operation === 'GetParameter') {
      if (known === undefined) return [400, { __type: 'ParameterNotFound' }];
      const readable = known.type === 'String' || body.WithDecryption === true;
      return [200, { Parameter: { Name: body.Name, Value: readable ? known.value : 'AQIC...', Type: known.type } }];
    }
    if (known !== undefined && body.Overwrite !== true) return [400, { __type: 'ParameterAlreadyExists' }];
    parameters.set(body.Name, { value: body.Value ?? '', type: body.Type ?? 'String' });
    return [200, { Version: 1 }];
  };
  const server = createServer(async (incoming, response) => {
    const target = String(incoming.headers['x-amz-target']);
    const [service, operation = ''] = target.split('.');
    const body: unknown = await json(incoming);
    if (service === 'AmazonSSM') {
      const [status, answer] = answerSsm(operation, request.parse(body));
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(answer));
      return;
    }
    const forwarded = await fetch(dynamoEndpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': target,
        authorization: String(incoming.headers.authorization),
        'x-amz-date': String(incoming.headers['x-amz-date']),
      },
      body: JSON.stringify(body),
    });
    response.writeHead(forwarded.status, { 'content-type': 'application/x-amz-json-1.0' }).end(await forwarded.text());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  return {
    server,
    endpoint: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    parameters,
  };
};

const endpointOf = async ({ client }: DynamoServer): Promise<string> => {
  const at = await client.config.endpoint?.();
  return `${at?.protocol}//${at?.hostname}:${at?.port}`;
};

describe.skipIf(dynamoMissing !== undefined)(
  `settings and secrets over the AWS protocols${dynamoMissing === undefined ? '' : ` (${dynamoMissing})`}`,
  () => {
    let dynamo: DynamoServer;
    let aws: Awaited<ReturnType<typeof startAws>>;
    let operations: Operations;

    beforeAll(async () => {
      dynamo = await startDynamo();
      aws = await startAws(await endpointOf(dynamo));
      const { name } = await dynamo.open();
      operations = await connectAws({
        where: 'the local run',
        prefix: '/perennial/local',
        region: 'eu-west-1',
        local: { endpoint: aws.endpoint, tableName: name },
      });
    });
    afterAll(async () => {
      aws.server.close();
      aws.server.closeAllConnections();
      await dynamo.stop();
    });

    it('a store that was put is read back, all of it', async () => {
      const settings = { ...demo, quietHours: '22:00-07:30', softOptInCountries: ['GB'], replyTo: 'a@b.example' };
      expect(await operations.settings('demo', 0)).toBeUndefined();
      await operations.putSettings(settings);
      expect(await operations.settings('demo', 0)).toEqual(settings);
    });

    it('secrets are kept encrypted and replaced', async () => {
      expect(await operations.secrets('demo')).toBeUndefined();
      await operations.putSecrets('demo', { standard: ['whsec_a'] });
      await operations.putSecrets('demo', { standard: ['whsec_b', 'whsec_a'] });
      expect(await operations.secrets('demo')).toEqual({ standard: ['whsec_b', 'whsec_a'] });
      expect(aws.parameters.get('/perennial/local/stores/demo/secrets')?.type).toBe('SecureString');
    });

    it('the key of the deployment is made once, of 32 bytes', async () => {
      const random = (count: number) => new Uint8Array(count).fill(9);
      expect(await operations.ensureDeploymentKey(random)).toBe('made');
      expect(await operations.ensureDeploymentKey(() => new Uint8Array(32))).toBe('there');
      const kept = aws.parameters.get('/perennial/local/deployment-key');
      expect([kept?.type, [...Buffer.from(kept?.value ?? '', 'base64')]]).toEqual(['SecureString', [...random(32)]]);
    });

    it('a parameter that holds something else is refused, not overwritten by guess', async () => {
      aws.parameters.set('/perennial/local/stores/broken/secrets', {
        value: '{"standard":"one"}',
        type: 'SecureString',
      });
      await expect(operations.secrets('broken')).rejects.toThrow(Refusal);
    });
  },
);

describe('what the AWS SDK complains about', () => {
  const named = (name: string, message = '') => Object.assign(new Error(message), { name });
  it.each([
    [named('CredentialsProviderError'), 'credentials'],
    [named('ExpiredTokenException'), 'credentials'],
    [named('AccessDeniedException'), 'may not'],
    [named('Error', 'Region is missing'), 'region'],
    [Object.assign(new Error(), { code: 'ECONNREFUSED' }), 'does not answer'],
  ])('%s becomes a refusal that says what to do', (error, word) => {
    const refusal = refusalForAws(error);
    expect(refusal).toBeInstanceOf(Refusal);
    expect(String(refusal)).toContain(word);
  });
  it('anything else stays as it is', () => {
    const error = new Error('other');
    expect(refusalForAws(error)).toBe(error);
  });
});
