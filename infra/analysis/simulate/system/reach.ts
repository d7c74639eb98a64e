import { type EpochMs, seconds } from '../../../../shared/domain/time.ts';
import type { Bus } from '../../../../shared/ports/bus.ts';
import type { DuePages } from '../../../../shared/ports/due-pages.ts';
import type { Mail, MailOutcome } from '../../../../shared/ports/mailer.ts';
import type { ReactCalls } from '../../../../shared/ports/react-calls.ts';
import type { WorkQueue } from '../../../../shared/ports/work-queue.ts';
import type { FaultKind } from '../engine/faults.ts';
import { guarded } from '../engine/guarded.ts';
import { effect, type Invocation, type Machine } from '../engine/invocation.ts';
import { mailFaults } from '../platform/mail-provider.ts';
import { deploymentKey, type Ports } from './ports.ts';

/** A line of a log, as an operator would find it. */
export type LogLine = Readonly<{ at: EpochMs; message: string; fields: unknown }>;

/** Where work is handed on to. */
export type HandOvers = Readonly<{ react: ReactCalls; enrol: WorkQueue; send: WorkQueue; pages: DuePages; bus: Bus }>;

export type ReachInput = Readonly<{
  machine: Machine;
  ports: Ports;
  handOvers: () => HandOvers;
  mail: (mail: Mail, fault: FaultKind | undefined) => Promise<MailOutcome>;
  logs: LogLine[];
}>;

/** Everything one invocation may reach: each call an effect. Keys are read once per container and never fail here. */
export const makeReach = (input: ReachInput) => (invocation: Invocation) => {
  const { machine, ports, logs } = input;
  const { react, enrol, send, pages, bus } = input.handOvers();
  const port = <P extends object>(name: string, raw: P): P => guarded(machine, invocation, name, raw);
  const note = (message: string, fields?: unknown) => void logs.push({ at: machine.timeline.now(), message, fields });
  return {
    intake: port('intake', ports.intake),
    identities: port('identities', ports.identities),
    customers: port('customers', ports.customers),
    ledger: port('ledger', ports.ledger),
    due: port('due', ports.due),
    catalogue: port('catalogue', ports.catalogue),
    definitions: port('definitions', ports.definitions),
    suppressions: port('suppressions', ports.suppressions),
    react: port('react-queue', react),
    enrol: port('enrol-queue', enrol),
    send: port('send-queue', send),
    pages: port('sweep-queue', pages),
    bus: port('bus', bus),
    secrets: { deploymentKey: async () => deploymentKey, storeSecrets: async () => undefined },
    mailer: { send: (mail: Mail) => leave(input, invocation, mail) },
    apiUrl: 'https://api.example',
    log: { info: note, warn: note, error: note },
    hasTime: () => machine.timeline.now() - invocation.now < seconds(50),
  };
};

export type Reach = ReturnType<typeof makeReach>;

const onMail: readonly FaultKind[] = ['crash-before', 'crash-after', 'stall', ...mailFaults];

const leave = ({ machine, mail: send }: ReachInput, invocation: Invocation, mail: Mail): Promise<MailOutcome> =>
  effect(machine, invocation, `mailer.send ${mail.sendId}`, { kinds: onMail, lagMs: 0 }, (fault) => send(mail, fault));
