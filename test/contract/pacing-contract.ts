import { expect, it } from 'vitest';
import { newBreaker } from '../../shared/domain/pace/breaker.ts';
import { newPace } from '../../shared/domain/pace/pace.ts';
import { days, hours } from '../../shared/domain/time.ts';
import { type Breakers, type MailHealth, wholeAccount } from '../../shared/ports/breakers.ts';
import type { Paces } from '../../shared/ports/pacing.ts';
import type { SendLedger } from '../../shared/ports/send-ledger.ts';
import { sampleNow, sampleSend } from '../support/samples.ts';

type PacingWorld = Readonly<{ breakers: Breakers; paces: Paces; health: MailHealth; ledger: SendLedger }>;

/** Breakers, pace and the counts they are judged by: of two who write one version, one is told `stale`. */
export const pacingContract = (open: () => Promise<PacingWorld>): void => {
  it('keeps a breaker for each store and one for the account, every field of it', async () => {
    const { breakers } = await open();
    expect(await breakers.load('demo')).toEqual(newBreaker);
    const opened = {
      version: 1,
      state: 'open',
      since: 5,
      countFrom: 2,
      openings: 1,
      until: 9,
      cause: 'bounces',
    } as const;
    const outcomes = await Promise.all([1, 2, 3].map(() => breakers.save('demo', opened)));
    expect(outcomes.map(({ type }) => type).sort()).toEqual(['saved', 'stale', 'stale']);
    expect(await breakers.load('demo')).toEqual(opened);
    expect(await breakers.load(wholeAccount)).toEqual(newBreaker);
    const { until: _until, ...rest } = opened;
    const half = { ...rest, version: 2, state: 'half-open', probesLeft: 0 } as const;
    expect(await breakers.save('demo', half)).toEqual({ type: 'saved' });
    expect(await breakers.load('demo')).toEqual(half);
    expect(await breakers.save('demo', { ...half, version: 7 })).toEqual({ type: 'stale' });
  });

  it('keeps one pace', async () => {
    const { paces } = await open();
    expect(await paces.load()).toEqual(newPace);
    const next = {
      ...newPace,
      version: 1,
      freeAt: 7,
      share: 0.55,
      stoppedUntil: 9,
      taken: 3,
      countedFrom: 4,
      countedSent: 5,
    };
    expect(await paces.save(next)).toEqual({ type: 'saved' });
    expect(await paces.save(next)).toEqual({ type: 'stale' });
    expect(await paces.load()).toEqual(next);
  });

  it('counts what became of mails by the hour: sent once, bad news with the write that tells it', async () => {
    const { ledger, health } = await open();
    const { store, dueAt: _dueAt, ...send } = { ...sampleSend(), dueAt: 0 };
    await ledger.create({ ...send, store });
    const sent = { ...send, store, version: 2, state: { status: 'sent', sentAt: sampleNow, messageId: 'm' } } as const;
    expect(await ledger.update(sent)).toEqual({ type: 'saved' });
    const at = sampleNow + hours(2);
    const told = { ...sent, version: 3, feedback: { bouncedAt: at } };
    const badNews = { type: 'bounced', at } as const;
    expect(await ledger.update(told, { badNews })).toEqual({ type: 'saved' });
    expect(await ledger.update(told, { badNews })).toEqual({ type: 'stale' });
    expect(await ledger.update({ ...told, version: 4, feedback: { bouncedAt: at, deliveredAt: at } })).toEqual({
      type: 'saved',
    });
    expect(await health.read(store, sampleNow - days(7), at)).toEqual([
      { hour: '2026-01-05T10', sent: 1, bounced: 0, complained: 0 },
      { hour: '2026-01-05T12', sent: 0, bounced: 1, complained: 0 },
    ]);
    expect(await health.read(store, at + hours(1), at + hours(9))).toEqual([]);
    expect(await health.read('other', sampleNow - days(7), at)).toEqual([]);
  });
};
