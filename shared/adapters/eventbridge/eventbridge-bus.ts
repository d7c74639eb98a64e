import { type EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { BusFact } from '../../domain/bus-fact.ts';
import { busSource } from '../../env.ts';
import type { Bus } from '../../ports/bus.ts';
import { type SendEntries, sendInBatches } from '../in-batches.ts';

const entryOf = (fact: BusFact, busName: string): PutEventsRequestEntry => ({
  EventBusName: busName,
  Source: busSource,
  DetailType: fact.type,
  Detail: JSON.stringify(fact),
  Time: new Date(fact.at),
});

export const eventBridgeBus = (client: EventBridgeClient, busName: string): Bus => {
  const send: SendEntries<PutEventsRequestEntry> = async (entries) => {
    const { Entries = [] } = await client.send(new PutEventsCommand({ Entries: [...entries] }));
    return new Map(Entries.flatMap(({ ErrorCode }, place) => (ErrorCode === undefined ? [] : [[place, ErrorCode]])));
  };
  return {
    publish: (facts) =>
      sendInBatches(
        facts.map((fact) => entryOf(fact, busName)),
        send,
        'bus',
      ),
  };
};
