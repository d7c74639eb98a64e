import { seconds } from '../../../../shared/domain/time.ts';
import type { FaultKind } from './faults.ts';
import { effect, type Invocation, type Machine } from './invocation.ts';

const onRead: readonly FaultKind[] = ['crash-before', 'error-before', 'stall'];
const onWrite: readonly FaultKind[] = [...onRead, 'crash-after', 'error-after'];

/** Reads, and which of them AWS answers eventually consistently. */
const reads: Readonly<Record<string, 'strong' | 'stale'>> = {
  ...{ load: 'strong', loadOrder: 'strong', loadEvent: 'strong', list: 'strong', stores: 'strong' },
  ...{ adoption: 'strong', lifecycle: 'strong', lifecycles: 'strong', fit: 'strong', newestFit: 'strong' },
  ...{ read: 'strong', adopted: 'strong', versions: 'strong' },
  ...{ isPaused: 'strong', settings: 'strong', fits: 'strong', adoptions: 'strong' },
  ...{ find: 'stale', oldest: 'stale', page: 'stale', waiting: 'stale' },
};
/** A suppression is read consistently, an identity is not. */
const isStale = (port: string, method: string): boolean =>
  port === 'settings' || (reads[method] === 'stale' && port !== 'suppressions');

const kindsOf = (caller: string, port: string, method: string): readonly FaultKind[] => {
  if (caller === 'send' && port === 'customers') return [...onRead, 'meanwhile'];
  if (reads[method] === undefined) return onWrite;
  return isStale(port, method) ? [...onRead, 'stale'] : onRead;
};

const lagMs = seconds(2);

/** A port as a container sees it, whatever it runs just then: every call is an effect of its own, with all that may go wrong. */
export const guarded = <P extends object>(machine: Machine, running: () => Invocation, name: string, port: P): P =>
  new Proxy(port, {
    get(target, property) {
      const member: unknown = Reflect.get(target, property);
      if (typeof member !== 'function') return member;
      const method = String(property);
      return (...args: readonly unknown[]): Promise<unknown> => {
        const invocation = running();
        return effect(
          machine,
          invocation,
          `${name}.${method}${wordsOf(args)}`,
          { kinds: kindsOf(invocation.name, name, method), lagMs },
          async (fault, place) => {
            if (fault === 'meanwhile') machine.meanwhile.act(place, String(args[1]));
            return Reflect.apply(member, target, args) as unknown;
          },
        );
      };
    },
  });

/** What a call is about, for people who read a trace: ids and short values, nothing else. */
const wordsOf = (args: readonly unknown[]): string =>
  args
    .flatMap(wordOf)
    .slice(0, 4)
    .map((word) => ` ${word}`)
    .join('');

const named = ['customerId', 'orderId', 'eventId', 'sendId', 'campaign', 'status', 'version', 'visit', 'state'];

const wordOf = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return value === 'demo' ? [] : [value.slice(0, 40)];
  if (typeof value === 'number' && value < 1_000) return [String(value)];
  if (typeof value !== 'object' || value === null) return [];
  return named.flatMap((field) => wordOf(Reflect.get(value, field)));
};
