import { seconds } from '../../../../shared/domain/time.ts';
import type { Bus } from '../../../../shared/ports/bus.ts';
import type { DuePages } from '../../../../shared/ports/due-pages.ts';
import type { Mail, MailOutcome } from '../../../../shared/ports/mailer.ts';
import type { ReactCalls } from '../../../../shared/ports/react-calls.ts';
import type { WorkQueue } from '../../../../shared/ports/work-queue.ts';
import { type Containers, makeContainers } from '../engine/containers.ts';
import type { FaultKind } from '../engine/faults.ts';
import { guarded } from '../engine/guarded.ts';
import { effect, type Invocation } from '../engine/invocation.ts';
import { mailFaults } from '../platform/mail-provider.ts';
import { deploymentKey } from './ports.ts';
import { remembered } from './remembered.ts';
import type { World } from './world.ts';

/** Where work is handed on to. */
export type HandOvers = Readonly<{ react: ReactCalls; enrol: WorkQueue; send: WorkQueue; pages: DuePages; bus: Bus }>;

/** Everything an invocation may reach: each call an effect. The containers of a function come and go; keys never fail here. */
export const makeReach = (world: World, handOvers: () => HandOvers): ((invocation: Invocation) => Reach) => {
  const functions = new Map<string, Containers<Reach>>();
  return (invocation) => {
    const containers =
      functions.get(invocation.name) ?? makeContainers((running) => reached(world, handOvers(), running));
    functions.set(invocation.name, containers);
    return containers.of(invocation);
  };
};

const reached = (world: World, handOvers: HandOvers, running: () => Invocation) => {
  const { machine, ports, logs } = world;
  const { settings, definitions, ...kept } = remembered(world, running);
  const port = <P extends object>(name: string, raw: P): P => guarded(machine, running, name, raw);
  const note = (message: string, fields?: unknown) => void logs.push({ at: machine.timeline.now(), message, fields });
  const log = { info: note, warn: note, error: note };
  const [breakers, health, stores] = [
    port('breakers', ports.breakers),
    port('health', ports.health),
    port('stores', ports.stores),
  ];
  return {
    ...{ ...kept, definitions, log, stores },
    intake: port('intake', ports.intake),
    identities: port('identities', ports.identities),
    customers: port('customers', ports.customers),
    ledger: port('ledger', ports.ledger),
    due: port('due', ports.due),
    catalogue: { settings, put: port('catalogue', ports.catalogue).put },
    /** The store of versions itself, as those who change them see it. */
    versions: port('definitions', ports.definitions),
    suppressions: port('suppressions', ports.suppressions),
    roll: port('roll', ports.roll),
    rebases: port('rebases', ports.rebases),
    reconciles: port('reconciles', ports.reconciles),
    walk: port('walk', ports.walk),
    erasureLog: port('erasureLog', ports.erasureLog),
    counters: { read: port('counters', ports.counters).read },
    rebasePerMinute: 2,
    judges: { breakers, health, stores, log },
    react: port('react-queue', handOvers.react),
    enrol: port('enrol-queue', handOvers.enrol),
    send: port('send-queue', handOvers.send),
    pages: port('sweep-queue', handOvers.pages),
    bus: port('bus', handOvers.bus),
    secrets: { deploymentKey: async () => deploymentKey, storeSecrets: async () => undefined },
    mailer: { send: (mail: Mail) => leave(world, running(), mail) },
    apiUrl: 'https://api.example',
    hasTime: () => machine.timeline.now() - running().now < seconds(50),
  };
};

export type Reach = ReturnType<typeof reached>;

const onMail: readonly FaultKind[] = ['crash-before', 'crash-after', 'stall', ...mailFaults];

const leave = ({ machine, provider }: World, invocation: Invocation, mail: Mail): Promise<MailOutcome> =>
  effect(machine, invocation, `mailer.send ${mail.sendId}`, { kinds: onMail, lagMs: 0 }, (fault) =>
    provider().send(mail, fault),
  );
