import { type MarketingGate, marketingGate } from '../../../../functions/send/gate/marketing-gate.ts';
import { type Pacer, pacer } from '../../../../functions/send/gate/pacer.ts';
import { knownDefinitions } from '../../../../shared/adapters/known-definitions.ts';
import { knownQuota } from '../../../../shared/adapters/known-quota.ts';
import { knownStores } from '../../../../shared/adapters/known-stores.ts';
import { knownSwitch } from '../../../../shared/adapters/known-switch.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import type { Definitions } from '../../../../shared/ports/definition-store.ts';
import type { KillSwitch } from '../../../../shared/ports/pacing.ts';
import type { StoreCatalogue } from '../../../../shared/ports/store-settings.ts';
import { guarded } from '../engine/guarded.ts';
import type { Invocation, Machine } from '../engine/invocation.ts';
import { topicOf } from '../scenario/topics.ts';
import type { World } from './world.ts';

/** What a warm container knows without asking again. */
export type Remembered = Readonly<{
  settings: StoreCatalogue['settings'];
  definitions: Definitions;
  killSwitch: KillSwitch;
  gate: MarketingGate;
  pacer: Pacer;
}>;

/** As each handler makes it once per container: the real caches over ports that fail. */
export const remembered = (world: World, running: () => Invocation): Remembered => {
  const { machine, ports, parameters, account, provider, grants } = world;
  const port = <P extends object>(name: string, raw: P): P => guarded(machine, running, name, raw);
  const { isPaused } = port('parameters', { isPaused: async () => parameters.isPaused });
  const quotas = port('quota', {
    read: async (now: EpochMs) => ({ ...account, sentLastDay: provider().sentLastDay(), readAt: now }),
  });
  const paced = pacer(port('paces', ports.paces), knownQuota(quotas.read), sleeping(machine, running));
  return {
    settings: knownStores(port('settings', ports.settings).read).settings,
    definitions: withTopics(knownDefinitions(port('versions', ports.versions))),
    killSwitch: knownSwitch(isPaused),
    gate: marketingGate(port('breakers', ports.breakers), port('health', ports.health)),
    pacer: {
      refused: paced.refused,
      async token(mail, now) {
        const until = await paced.token(mail, now);
        if (until === undefined) grants.push({ at: machine.timeline.now(), class: mail.class });
        return until;
      },
    },
  };
};

/** Who sleeps in a function that ended never wakes. */
const sleeping =
  ({ timeline }: Machine, running: () => Invocation) =>
  (ms: number): Promise<void> => {
    const invocation = running();
    return new Promise((resolve) => timeline.at(timeline.now() + ms, () => invocation.isOver || resolve()));
  };

/** The simulated shop's campaigns each belong to a topic. */
const withTopics = (definitions: Definitions): Definitions => ({
  ...definitions,
  async adopted(...asked) {
    const found = await definitions.adopted(...asked);
    return { ...found, campaigns: found.campaigns.map((campaign) => ({ ...campaign, topic: topicOf(campaign.id) })) };
  },
});
