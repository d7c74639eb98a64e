import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GetAccountCommand, SESv2Client, SendEmailCommand, type SendEmailCommandInput } from '@aws-sdk/client-sesv2';
import { GetParameterCommand, GetParametersCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getJson, type RunningMini, startMini } from './fixture/running.ts';

describe('what the SDK clients get', () => {
  let stack: RunningMini;
  let ssm: SSMClient;
  let events: EventBridgeClient;
  let ses: SESv2Client;
  beforeAll(async () => {
    stack = await startMini();
    const settings = {
      endpoint: stack.awsEndpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'x' },
    };
    ssm = new SSMClient(settings);
    events = new EventBridgeClient(settings);
    ses = new SESv2Client(settings);
  });
  afterAll(() => stack.close());

  it('parameters: seeded secrets, the template’s own, and what is put', async () => {
    const value = async (Name: string, WithDecryption = true) =>
      (await ssm.send(new GetParameterCommand({ Name, WithDecryption }))).Parameter?.Value;
    expect(await value('/mini/secret')).toBe('s3cret');
    expect(await value('/mini/secret', false)).not.toContain('s3cret');
    expect(await value('/mini/greeting')).toBe('hello');
    await ssm.send(new PutParameterCommand({ Name: '/mini/new', Value: 'one', Type: 'SecureString' }));
    await expect(
      ssm.send(new PutParameterCommand({ Name: '/mini/new', Value: 'two', Type: 'SecureString' })),
    ).rejects.toMatchObject({ name: 'ParameterAlreadyExists' });
    expect(
      (await ssm.send(new PutParameterCommand({ Name: '/mini/new', Value: 'two', Overwrite: true }))).Version,
    ).toBe(2);
    expect(await value('/mini/new')).toBe('two');
    await expect(value('/mini/none')).rejects.toMatchObject({ name: 'ParameterNotFound' });
    const many = await ssm.send(new GetParametersCommand({ Names: ['/mini/new', '/mini/none'] }));
    expect(many.InvalidParameters).toEqual(['/mini/none']);
  });

  it('events: each entry is taken or refused by itself', async () => {
    const entry = { EventBusName: 'mini', Source: 'mini', DetailType: 'nothing', Detail: '{}' };
    const answer = await events.send(
      new PutEventsCommand({
        Entries: [
          entry,
          { ...entry, Detail: 'no' },
          { ...entry, EventBusName: 'none' },
          { ...entry, Source: 'aws.fake' },
        ],
      }),
    );
    expect(answer.FailedEntryCount).toBe(3);
    expect(answer.Entries?.map(({ ErrorCode }) => ErrorCode)).toEqual([
      undefined,
      'MalformedDetail',
      'ResourceNotFoundException',
      'NotAuthorizedForSourceException',
    ]);
    await expect(
      events.send(new PutEventsCommand({ Entries: Array.from({ length: 11 }, () => entry) })),
    ).rejects.toMatchObject({ name: 'ValidationException' });
  });

  const mail = (change: Partial<SendEmailCommandInput> = {}): SendEmailCommandInput => ({
    FromEmailAddress: 'shop@example.com',
    Destination: { ToAddresses: ['ada@example.com'] },
    Content: { Simple: { Subject: { Data: 'Hello' }, Body: { Text: { Data: 'Hello' } } } },
    ...change,
  });
  const withHeader = (Name: string, Value: string): Partial<SendEmailCommandInput> => ({
    Content: { Simple: { Subject: { Data: 'Hello' }, Body: { Text: { Data: 'Hello' } }, Headers: [{ Name, Value }] } },
  });

  it.each<[string, Partial<SendEmailCommandInput>, string]>([
    [
      'a tag value with an address in it',
      { EmailTags: [{ Name: 'to', Value: 'ada@example.com' }] },
      'BadRequestException',
    ],
    ['a header value with a line break', withHeader('X-A', 'a\r\nBcc: eve@example.com'), 'BadRequestException'],
    ['a header name with a colon', withHeader('X:A', 'a'), 'BadRequestException'],
    ['a header that is too long', withHeader('X-A', 'x'.repeat(995)), 'BadRequestException'],
    [
      'a subject with a line break',
      { Content: { Simple: { Subject: { Data: 'a\nb' }, Body: { Text: { Data: 'x' } } } } },
      'BadRequestException',
    ],
    ['a local part outside ASCII', { Destination: { ToAddresses: ['é@example.com'] } }, 'BadRequestException'],
    ['a domain that is not Punycode', { Destination: { ToAddresses: ['a@exämple.com'] } }, 'BadRequestException'],
    [
      '51 recipients',
      { Destination: { ToAddresses: Array.from({ length: 51 }, (_, i) => `a${i}@example.com`) } },
      'BadRequestException',
    ],
    ['nobody', { Destination: {} }, 'BadRequestException'],
    ['an unknown configuration set', { ConfigurationSetName: 'none' }, 'NotFoundException'],
  ])('mail: %s is refused', async (_what, change, name) => {
    await expect(ses.send(new SendEmailCommand(mail(change)))).rejects.toMatchObject({ name });
  });

  it('mail: raw content is read for the inbox and kept byte for byte', async () => {
    const Data = Buffer.from(
      'From: a@example.com\r\nTo: raw@example.com\r\nSubject: =?UTF-8?Q?caf=C3=A9?=\r\nX-Own: 1\r\n\r\nBody\r\n',
    );
    const { MessageId } = await ses.send(new SendEmailCommand({ Content: { Raw: { Data } } }));
    expect(await getJson(`${stack.control}/inbox?to=raw@example.com`)).toMatchObject([
      { id: MessageId, subject: 'café', text: 'Body\n' },
    ]);
    const raw = await fetch(`${stack.control}/inbox/${encodeURIComponent(MessageId ?? '')}/raw`);
    expect(Buffer.from(await raw.arrayBuffer())).toEqual(Data);
  });

  it('mail: the account answers its quota', async () => {
    expect((await ses.send(new GetAccountCommand({}))).SendQuota?.MaxSendRate).toBeGreaterThan(0);
  });
});

describe('the end of a run', () => {
  const isAlive = (pid: number): boolean => {
    try {
      process.kill(pid, 0);
      return true;
    } catch {
      return false;
    }
  };

  it('leaves no table server and no data behind, even when it is killed', async () => {
    const script = `
      import { startDynoxide } from ${JSON.stringify(new URL('../../../infra/local/engine/tables/dynoxide.ts', import.meta.url).href)};
      import { mkdtempSync, readFileSync } from 'node:fs';
      const dir = mkdtempSync('/tmp/killed-');
      const server = await startDynoxide(dir + '/tables.db', dir);
      console.log(JSON.stringify({ dir, port: server.port }));
      setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    });
    const { dir, port }: { dir: string; port: number } = await new Promise((resolve) =>
      child.stdout.once('data', (text: Buffer) => resolve(JSON.parse(text.toString()))),
    );
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBeGreaterThan(0);
    process.kill(-(child.pid ?? 0), 'SIGKILL'); // the whole group, as a killed job would be
    await expect.poll(() => existsSync(dir), { timeout: 5_000 }).toBe(false);
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
    expect(isAlive(child.pid ?? 0) && child.exitCode === null && child.signalCode === null).toBe(false);
  });
});
