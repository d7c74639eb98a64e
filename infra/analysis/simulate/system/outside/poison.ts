import type { Commit } from '../../engine/recorded-table.ts';
import type { PoisonPlace } from '../../scenario/scenario.ts';
import type { Queues } from '../queues.ts';
import type { makeStreams } from '../streams.ts';

/** A record of a stream whose image nobody can read. */
export const isPoison = ({ name }: Pick<Commit, 'name'>): boolean => name.startsWith('poison');

type Given = Readonly<{ place: PoisonPlace; body: string }>;

const poisonIn = (given: readonly Given[], parkedIn: (place: PoisonPlace) => readonly string[]): readonly string[] => {
  const bodies = new Map<PoisonPlace, Set<string>>();
  for (const { place, body } of given) bodies.set(place, (bodies.get(place) ?? new Set()).add(body));
  return [...bodies].flatMap(([place, known]) => parkedIn(place).filter((body) => known.has(body)));
};

/** Records and messages nobody can read, as another version of the program may have left them behind. */
export const makePoison = (queues: Queues, streams: ReturnType<typeof makeStreams>) => {
  const given: Given[] = [];
  const commitOf = (pk: string, at: number): Commit => ({
    ...{ seq: -1, at, name: `poison ${pk}` },
    after: { entity: 'STORE_NAME', key: { pk, sk: '' }, value: {} },
  });
  const parkedIn = (place: PoisonPlace): readonly string[] => {
    if (place === 'react-stream') return streams.react.parked.map(({ after }) => after.key.pk);
    return place === 'relay-stream' ? streams.relay.parked.map(({ after }) => after.key.pk) : queues[place].dead;
  };
  const trimmedIn = (place: PoisonPlace): readonly string[] => {
    const stream = place === 'react-stream' ? streams.react : place === 'relay-stream' ? streams.relay : undefined;
    return stream?.trimmed.map(({ after }) => after.key.pk) ?? [];
  };
  return {
    is: (body: string): boolean => given.some((one) => one.body === body),
    add(place: PoisonPlace, body: string, at: number): void {
      given.push({ place, body });
      if (place === 'react-stream') streams.react.add(commitOf(body, at));
      else if (place === 'relay-stream') streams.relay.add(commitOf(body, at));
      else queues[place].add(body);
    },
    /** Records and messages given up that nobody could ever have read. */
    parked: (): number => poisonIn(given, parkedIn).length,
    /** Poison that is nowhere to be found, and queues of which one message took others along. */
    astray: (): readonly string[] => [
      ...given
        .filter(({ place, body }) => !trimmedIn(place).includes(body))
        .filter(({ place, body }) => !parkedIn(place).includes(body))
        .map(({ place, body }) => `${place} swallowed ${body}`),
      ...Object.entries(queues).flatMap(([name, queue]) =>
        queue.wholeBatches() === 0 ? [] : [`${name} failed for ${queue.wholeBatches()} whole batches`],
      ),
    ],
  };
};
