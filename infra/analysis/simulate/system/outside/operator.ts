import type { LifecycleDraft } from '../../../../../shared/domain/definitions/lifecycle-draft.ts';
import { LifecycleError } from '../../../../../shared/domain/errors.ts';
import type { Rhythm, StoreSettings } from '../../../../../shared/domain/store.ts';
import { type EpochMs, minutes } from '../../../../../shared/domain/time.ts';
import { type Invocation, invoke, type Machine } from '../../engine/invocation.ts';
import type { UseCases } from '../functions.ts';
import type { Ports } from '../ports.ts';
import type { Reach } from '../reach.ts';

/** The operator's commands, each given again until it went through. */
export const makeOperator = (
  machine: Machine,
  does: UseCases,
  ports: Ports,
  reach: (invocation: Invocation) => Reach,
) => {
  const { timeline } = machine;
  const settings = async (): Promise<StoreSettings> => {
    const found = await ports.catalogue.settings('demo', timeline.now());
    if (found !== undefined) return found;
    throw new LifecycleError('store.unknown', "cannot operate: 'store' must exist, got demo", { store: 'demo' });
  };
  const change = async (to: (before: StoreSettings) => StoreSettings): Promise<void> =>
    ports.catalogue.put(to(await settings()));
  let owed = 0;
  const command = (name: string, work: (invocation: Invocation) => Promise<unknown>, done = () => {}): void => {
    const turn = (attempt: number): void =>
      invoke(machine, name, minutes(5), work, ({ type }) => {
        if (type === 'answered') done();
        else if (type === 'failed' && attempt < 8) timeline.at(timeline.now() + minutes(2), () => turn(attempt + 1));
      });
    turn(1);
  };
  const fitting = (invocation: Invocation) => {
    const deps = reach(invocation);
    return { ...deps, definitions: deps.versions };
  };
  return {
    change,
    campaigns: (activeCampaigns: readonly string[]) => change((before) => ({ ...before, activeCampaigns })),
    pause: (isPaused: boolean) =>
      change(({ pausedAt: _pausedAt, ...before }) =>
        isPaused ? { ...before, pausedAt: Math.floor(timeline.now()) } : before,
      ),
    /** Three people, twenty doorbells a minute. */
    reconcileAt(at: EpochMs): void {
      owed++;
      const work = (invocation: Invocation) =>
        does.startReconcile({ ...reach(invocation), rebasePerMinute: 20 }, 'demo', { now: invocation.now, total: 3 });
      timeline.at(at, () => command('reconcile', work, () => owed--));
    },
    /** Whether a reconciliation is still to begin. */
    isOwing: () => owed > 0,
    publish: (draft: LifecycleDraft): void =>
      command('publish', async (invocation) =>
        does.publishLifecycle(fitting(invocation), await settings(), draft, invocation.now),
      ),
    fit: (): void =>
      command('fit', async (invocation) =>
        does.makeFit(fitting(invocation), await settings(), { now: invocation.now, adopt: true }),
      ),
    /** The schedule's, never repeated. */
    night: (): void =>
      invoke(
        machine,
        'fit',
        minutes(15),
        (invocation) => nightOf(does, fitting(invocation), invocation.now),
        () => undefined,
      ),
    rhythm: (rhythm: Rhythm): void =>
      command('rhythm', async (invocation) => {
        const before = await settings();
        await does.changeRhythm(fitting(invocation), before, { ...before, rhythm }, invocation.now);
        await reach(invocation).catalogue.put({ ...(await settings()), rhythm });
      }),
  };
};

/** One store's fault is told, and fails the night as in its handler. */
const nightOf = async (does: UseCases, deps: Parameters<UseCases['fitEveryStore']>[0], now: EpochMs): Promise<void> => {
  const [fault] = await does.fitEveryStore(deps, now);
  if (fault !== undefined) throw fault;
};
