import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { SynthesizedStack } from '../../../infra/local/engine/assembly/blueprint.ts';
import { writeCustomer } from '../../../shared/adapters/dynamodb/items/customer-item.ts';
import { mintCustomerId } from '../../../shared/domain/identity/identities.ts';
import { days, minutes } from '../../../shared/domain/time.ts';
import { mailedPerson } from '../../e2e/support/people.ts';
import { sampleCustomer } from '../../support/samples.ts';
import { type RealRun, type RealTemplates, startReal, synthesizeReal } from '../local/fixture/real-stack.ts';
import { getJson } from '../local/fixture/running.ts';

let real: RealTemplates;
let dataDir: string;
beforeAll(async () => {
  real = await synthesizeReal();
  dataDir = await mkdtemp(join(tmpdir(), 'faults-'));
}, 60_000);
afterAll(async () => {
  await real.remove();
  await rm(dataDir, { recursive: true, force: true });
});

const tableOf = (run: RealRun) => {
  const client = new DynamoDBClient({
    endpoint: run.awsEndpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const name = Object.entries(run.tableNames).find(([id]) => id.startsWith('Table'))?.[1] ?? '';
  return { client, name };
};

const stagesOf = async (run: RealRun, externalIds: readonly string[]) => {
  const { client, name } = tableOf(run);
  const files = await Promise.all(
    externalIds.map((id) =>
      client.send(
        new QueryCommand({
          TableName: name,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': { S: `S#demo#C#${mintCustomerId('demo', `standard:${id}`)}` } },
        }),
      ),
    ),
  );
  client.destroy();
  return files.map(({ Items = [] }) => Items.map(({ sk }) => sk?.S ?? '').filter((sk) => /^(CUSTOMER|VISIT)/.test(sk)));
};

const archived = z.object({ requestContext: z.object({ condition: z.string() }), payload: z.string() });
const payload = z.object({
  Records: z.array(z.object({ dynamodb: z.object({ Keys: z.object({ pk: z.object({ S: z.string() }) }) }) })),
});

/** What lies in the failure bucket: the keys of each object's records. */
const parked = async (): Promise<readonly Readonly<{ condition: string; keys: readonly string[] }>[]> => {
  const files = await readdir(join(dataDir, 's3'), { recursive: true, withFileTypes: true }).catch(() => []);
  const objects = files.filter((file) => file.isFile());
  const texts = await Promise.all(objects.map(({ parentPath, name }) => readFile(join(parentPath, name), 'utf8')));
  return texts.map((text) => {
    const { requestContext, payload: records } = archived.parse(JSON.parse(text));
    return {
      condition: requestContext.condition,
      keys: payload.parse(JSON.parse(records)).Records.map(({ dynamodb }) => dynamodb.Keys.pk.S),
    };
  });
};

const status = z.object({
  streams: z.record(z.string(), z.object({ lag: z.number() })),
  queues: z.record(z.string(), z.object({ dead: z.number() })),
});

const poison: Readonly<Record<string, NonNullable<PutItemCommand['input']['Item']>>> = {
  laterVersion: { ...writeCustomer({ ...sampleCustomer({ customerId: 'later' }) }), v: { N: '99' } },
  halfWritten: { ...writeCustomer({ ...sampleCustomer({ customerId: 'half' }) }), h: { S: 'no history' } },
  unknownSource: {
    ...{ pk: { S: 'S#demo#O#unheard-of:1' }, sk: { S: 'ORDER' } },
    ...{ entity: { S: 'ORDER' }, v: { N: '1' } },
  },
};
const laterOrder = {
  ...{ pk: { S: 'S#demo#O#standard:later' }, sk: { S: 'ORDER' } },
  ...{ entity: { S: 'ORDER' }, v: { N: '99' } },
};

describe('fault 10: records nobody can read in the stream', () => {
  it('end alone in the failure bucket, or the dead-letter queue where they are read again, and all others are worked off', async () => {
    const run = await startReal(real.templates, { dataDir });
    const { client, name } = tableOf(run);
    const put = (Item: PutItemCommand['input']['Item']) => client.send(new PutItemCommand({ TableName: name, Item }));
    try {
      const people = Array.from({ length: 8 }, mailedPerson);
      await Promise.all([
        ...people.slice(0, 4).map((person, n) => run.order(person, `a-${n}`)),
        ...Object.values(poison).map(put),
        put(laterOrder),
        ...people.slice(4).map((person, n) => run.order(person, `b-${n}`)),
      ]);
      await run.idle();
      await run.advanceTo(run.now() + minutes(60));
      expect(
        await stagesOf(
          run,
          people.map(({ id }) => id),
        ),
      ).toEqual(people.map(() => ['CUSTOMER', 'VISIT#1']));

      const objects = await parked();
      expect(objects.map(({ condition }) => condition)).toEqual(objects.map(() => 'RetryAttemptsExhausted'));
      expect(objects.map(({ keys }) => keys).sort()).toEqual(
        Object.values(poison)
          .map((item) => [item['pk']?.S])
          .sort(),
      );
      const { streams, queues } = status.parse(await getJson(`${run.control}/status`));
      expect(Object.values(streams).map(({ lag }) => lag)).toEqual(Object.values(streams).map(() => 0));
      expect(queues['perennial-prod-react-retry']?.dead).toBe(1);
      const { id } = people[0] ?? mailedPerson();
      await run.advanceTo(run.now() + days(8));
      expect(await run.mailed(people[0] ?? mailedPerson()), id).toEqual(['welcome']);
    } finally {
      client.destroy();
      await run.close();
    }
  });
});

/** The templates, with nobody reading the streams. */
const withoutReaders = (): SynthesizedStack[] =>
  real.templates.map((stack) => {
    const template = z
      .looseObject({ Resources: z.record(z.string(), z.looseObject({ Type: z.string() })) })
      .parse(structuredClone(stack.template));
    for (const resource of Object.values(template.Resources)) {
      const Properties = z.looseObject({ StartingPosition: z.string() }).safeParse(resource['Properties']);
      if (resource.Type === 'AWS::Lambda::EventSourceMapping' && Properties.success)
        resource['Properties'] = { ...Properties.data, Enabled: false };
    }
    return { ...stack, template };
  });

describe('fault 12: nobody read the stream until it was trimmed', () => {
  it('the operator reconciles under the deployed roles, and the campaign goes as planned', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'outage-'));
    const people = Array.from({ length: 3 }, mailedPerson);
    const ids = people.map(({ id }) => id);
    const dark = await startReal(withoutReaders(), { dataDir: folder });
    for (const [n, person] of people.entries()) expect(await dark.order(person, `o-${n}`)).toBe(202);
    // The local stream keeps its newest record, whoever read it: that is the order of somebody else.
    await dark.order(mailedPerson(), 'newest');
    await dark.idle();
    await dark.close();

    const run = await startReal(real.templates, { dataDir: folder });
    try {
      await run.idle();
      expect(await stagesOf(run, ids)).toEqual(ids.map(() => []));
      const headers = {
        authorization: `Bearer ${run.mintToken({ perennial_role: 'admin', perennial_store: 'demo', aud: 'perennial-local' })}`,
        'content-type': 'application/json',
      };
      const begun = await fetch(`${run.api}/v1/reconcile`, { method: 'POST', headers, body: '{}' });
      expect(begun.status).toBe(200);
      await run.advanceTo(run.now() + minutes(10));
      const { reconcile } = z
        .object({ reconcile: z.looseObject({ arrivals: z.number(), readUnits: z.number(), finishedAt: z.string() }) })
        .parse(await (await fetch(`${run.api}/v1/reconcile`, { headers })).json());
      expect(reconcile.arrivals).toBe(4);
      expect(reconcile.readUnits).toBeGreaterThan(0);
      expect(await stagesOf(run, ids)).toEqual(ids.map(() => ['CUSTOMER', 'VISIT#1']));
      await run.advanceTo(run.now() + days(8));
      for (const person of people) expect(await run.mailed(person)).toEqual(['welcome']);
      expect(run.lines.filter((line) => line.includes(' was denied: '))).toEqual([]);
    } finally {
      await run.close();
      await rm(folder, { recursive: true, force: true });
    }
  });
});
