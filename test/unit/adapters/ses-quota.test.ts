import { SESv2Client } from '@aws-sdk/client-sesv2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sesQuota } from '../../../shared/adapters/ses/ses-quota.ts';
import { minutes } from '../../../shared/domain/time.ts';
import { type AwsWire, startAwsWire, wireCredentials } from '../../support/aws-wire.ts';

describe("the account's quota", () => {
  let wire: AwsWire;
  beforeAll(async () => {
    wire = await startAwsWire();
  });
  afterAll(() => wire.stop());
  const open = () => sesQuota(new SESv2Client({ ...wireCredentials, endpoint: wire.endpoint, maxAttempts: 1 }));
  const says = (SendQuota: object) => () => ({ status: 200, body: { SendQuota } });
  const down = () => ({ status: 500, body: { message: 'down' } });

  it('is what SES says, asked again after five minutes', async () => {
    const quota = open();
    wire.answer(says({ Max24HourSend: 50_000, MaxSendRate: 14, SentLast24Hours: 7 }));
    const first = { perDay: 50_000, perSecond: 14, sentLastDay: 7, readAt: 0 };
    expect(await quota.read(0)).toEqual(first);
    wire.answer(says({ Max24HourSend: 60_000, MaxSendRate: 20, SentLast24Hours: 9 }));
    expect(await quota.read(minutes(5) - 1)).toEqual(first);
    expect(await quota.read(minutes(5))).toMatchObject({ perDay: 60_000, sentLastDay: 9, readAt: minutes(5) });
  });

  it('without a limit has none, and what SES leaves out is as little as the sandbox has', async () => {
    wire.answer(says({ Max24HourSend: -1, MaxSendRate: 500, SentLast24Hours: 0 }));
    expect((await open().read(0)).perDay).toBe(Number.MAX_SAFE_INTEGER);
    wire.answer(() => ({ status: 200, body: {} }));
    expect(await open().read(0)).toMatchObject({ perDay: 200, perSecond: 1 });
  });

  it('stays as it was when it cannot be read; before any reading nothing is sent', async () => {
    wire.answer(down);
    await expect(open().read(0)).rejects.toThrow();
    const quota = open();
    wire.answer(says({ Max24HourSend: 100, MaxSendRate: 1, SentLast24Hours: 3 }));
    await quota.read(0);
    wire.answer(down);
    expect(await quota.read(minutes(9))).toMatchObject({ perDay: 100, sentLastDay: 3 });
  });
});
