import type { DynamoDBRecord } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { keepLog } from '../../../functions/relay/keep-log.ts';
import { type RelayRecordsDeps, relayRecords } from '../../../functions/relay/relay-records.ts';
import { writeContact } from '../../../shared/adapters/dynamodb/items/contact-item.ts';
import { writeCustomer } from '../../../shared/adapters/dynamodb/items/customer-item.ts';
import { suppressionItem } from '../../../shared/adapters/dynamodb/items/store-item.ts';
import { customerPk, suppressionKey } from '../../../shared/adapters/dynamodb/keys.ts';
import { memoryErasureLog } from '../../../shared/adapters/memory/memory-erasure-log.ts';
import type { BusFact } from '../../../shared/domain/bus-fact.ts';
import { noContact } from '../../../shared/domain/customers/contact.ts';
import { addressHashIn } from '../../../shared/domain/identity/identities.ts';
import type { LogEntry } from '../../../shared/domain/restore/log-entry.ts';
import { openName } from '../../../shared/domain/restore/sealed-name.ts';
import { days } from '../../../shared/domain/time.ts';
import { start } from '../../support/customers.ts';
import type { World } from '../../support/restorable.ts';
import { sampleCustomer } from '../../support/samples.ts';
import { ada, anOrder, makeWorld } from '../../support/world.ts';

const entriesIn = async ({ deps }: World): Promise<readonly LogEntry[]> =>
  (await deps.erasureLog.page('demo', { limit: 100 })).entries;
const idOf = async (world: World, externalId: string): Promise<string> =>
  (await world.deps.identities.find('demo', `standard:${externalId}`)) ?? '';

describe('the erasure log', () => {
  it('holds nothing of ordinary orders, stages, mails and clicks', async () => {
    const world = await makeWorld();
    for (let n = 0; n < 12; n++) {
      const customer = { ...ada, externalId: `c-${n}`, email: `c-${n}@example.com` };
      await world.order(anOrder({ orderId: `${n}`, placedAt: start, customer }));
    }
    await world.advanceTo(start + days(200));
    expect(world.mails.length).toBeGreaterThan(5);
    await world.deps.customers.noteClick('demo', await idOf(world, 'c-1'), world.now());
    await world.settle();
    expect(await entriesIn(world)).toEqual([]);
  });

  it('holds what one account of a person said for every account of theirs, by all their names, and no name in clear', async () => {
    const world = await makeWorld();
    await world.order(anOrder({ orderId: '1', placedAt: start, customer: { ...ada, externalId: 'first' } }));
    const { email: _, ...noAddress } = { ...ada, externalId: 'second' };
    await world.order(anOrder({ orderId: '2', placedAt: start, customer: noAddress }));
    const [first, second] = [await idOf(world, 'first'), await idOf(world, 'second')];
    await world.deps.customers.restrictContact('demo', second, { optedOutAt: start });
    await world.settle();
    expect((await entriesIn(world)).map((entry) => 'customerId' in entry && entry.customerId)).toEqual([second]);
    await world.event({
      ...{ store: 'demo', source: 'standard', eventId: 'merge', at: start },
      body: { type: 'merge', keepExternalId: 'first', loseExternalId: 'second' },
    });
    const entries = await entriesIn(world);
    expect(entries).toMatchObject([first, second].sort().map((customerId) => ({ customerId, optedOutAt: start })));
    await world.deps.customers.restrictContact('demo', first, { complainedAt: start + 2 });
    await world.settle();
    for (const entry of await entriesIn(world))
      expect(entry).toMatchObject({ optedOutAt: start, complainedAt: start + 2 });
    const key = await world.deps.secrets.deploymentKey();
    const names = entries.flatMap((entry) => ('names' in entry ? entry.names : []));
    expect(names.map((name) => openName(key, 'demo', name))).toEqual(
      expect.arrayContaining(['standard:first', 'standard:second', expect.stringMatching(/^email:/)]),
    );
    expect(JSON.stringify(entries)).not.toMatch(/standard:|ada@/);
  });

  it('hears of a suppressed address again with the customer it belongs to, erased or not', async () => {
    const world = await makeWorld();
    await world.order(anOrder({ orderId: '1', placedAt: start, customer: ada }));
    const { customer } = await world.deps.customers.load('demo', await idOf(world, 'c-1'), 'decision');
    const hash = customer?.identities.flatMap(addressHashIn)[0] ?? '';
    const bounced = { by: 'bounce', at: start } as const;
    world.table.put('SUPPRESSION', suppressionKey('demo', hash), bounced);
    const deps = { ...world.deps, erasureLog: memoryErasureLog() };
    const before = sampleCustomer({ identities: customer?.identities ?? [] });
    const logged = async () => (await deps.erasureLog.page('demo', { limit: 9 })).entries;
    await keepLog(deps, { type: 'customer', before, after: { ...before, version: 2 } });
    expect(await logged()).toEqual([]);
    await keepLog(deps, { type: 'customer', before, after: { ...before, version: 2, retoldAt: start + 1 } });
    expect(await logged()).toEqual([{ type: 'suppression', store: 'demo', addressHash: hash, reason: bounced }]);
  });

  it('learns a name that somebody who opted out got later', async () => {
    const world = await makeWorld();
    await world.order(anOrder({ orderId: '1', placedAt: start, customer: { email: 'ada@example.com' } }));
    const [, { owner }] = [...world.table.rows()].flatMap((row) =>
      row.entity === 'IDENT' ? [row, row.value] : [],
    ) as [unknown, { owner: string }];
    await world.deps.customers.restrictContact('demo', owner, { optedOutAt: start });
    await world.settle();
    await world.order(anOrder({ orderId: '2', placedAt: start + 1, customer: ada }));
    const [entry] = await entriesIn(world);
    const key = await world.deps.secrets.deploymentKey();
    expect(entry && 'names' in entry && entry.names.map((name) => openName(key, 'demo', name))).toContain(
      'standard:c-1',
    );
  });
});

const failing = async (): Promise<Readonly<{ deps: RelayRecordsDeps; facts: BusFact[]; noted: LogEntry[] }>> => {
  const [facts, noted]: [BusFact[], LogEntry[]] = [[], []];
  const { deps } = await makeWorld();
  const log = memoryErasureLog();
  const erasureLog = {
    note: async (entry: LogEntry) => {
      if (entry.type === 'suppression' && entry.addressHash === 'bad') throw new Error('throttled');
      noted.push(entry);
      await log.note(entry);
    },
  };
  return { deps: { ...deps, erasureLog, bus: { publish: async (told) => void facts.push(...told) } }, facts, noted };
};

const record = (SequenceNumber: string, NewImage: object): DynamoDBRecord =>
  ({ dynamodb: { SequenceNumber, NewImage } }) as DynamoDBRecord;
const suppressed = (hash: string) => suppressionItem.write(suppressionKey('demo', hash), { by: 'bounce', at: 1 });

describe('a batch of the stream', () => {
  it('names the record that could not be noted, and loses none of the others, nor a fact', async () => {
    const { deps, facts, noted } = await failing();
    const answer = await relayRecords(deps, [
      record('1', suppressed('good')),
      record('2', suppressed('bad')),
      record('3', writeCustomer(sampleCustomer())),
      record('4', suppressed('later')),
    ]);
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: '2' }] });
    expect(noted.map((entry) => 'addressHash' in entry && entry.addressHash)).toEqual(['good', 'later']);
    expect(facts.map(({ type }) => type)).toContain('order-counted');
  });

  it('fails whole when facts could not be told, and has noted its part of the log by then', async () => {
    const { deps, noted } = await failing();
    const bus = { publish: async () => Promise.reject(new Error('no bus')) };
    await expect(relayRecords({ ...deps, bus }, [record('1', suppressed('good'))])).rejects.toThrow('no bus');
    expect(noted).toHaveLength(1);
  });

  it('passes over removals, mails reserved on a CONTACT, and items that are no business of its own', async () => {
    const { deps, noted } = await failing();
    const contact = writeContact(
      { pk: customerPk('demo', 'c'), sk: 'CONTACT' },
      { ...noContact, version: 1, sends: [{ sendId: 's', at: 1 }] },
    );
    const nobody = { ...contact, pk: { S: 'S#demo' } };
    const answer = await relayRecords(deps, [
      record('1', contact),
      record('2', nobody),
      record('3', { ...suppressed('x'), pk: { S: 'S#demo' } }),
      record('4', { entity: { S: 'LATER' } }),
      { dynamodb: { SequenceNumber: '5' } },
    ]);
    expect([answer.batchItemFailures, noted]).toEqual([[], []]);
  });
});
