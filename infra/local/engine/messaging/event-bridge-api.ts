import * as z from 'zod';
import { nameOfArn } from '../aws-names.ts';
import type { Metering } from '../control/metering.ts';
import type { FaultBook } from '../faults/fault-book.ts';
import { AwsFault } from './aws-fault.ts';
import type { EventBus } from './event-bus.ts';

const entry = z.object({
  Source: z.string().optional(),
  DetailType: z.string().optional(),
  Detail: z.string().optional(),
  EventBusName: z.string().optional(),
  Resources: z.array(z.string()).optional(),
  Time: z.number().optional(),
});
const request = z.object({ Entries: z.array(entry) });

const longestRequest = 1_048_576;
const refusal = (ErrorCode: string, ErrorMessage: string) => ({ ErrorCode, ErrorMessage });

/** PutEvents: each entry is accepted or refused by itself. */
export class EventBridgeApi {
  readonly #buses: ReadonlyMap<string, EventBus>;
  readonly #metering: Metering;
  readonly #faults: FaultBook;

  constructor(busesByName: ReadonlyMap<string, EventBus>, metering: Metering, faults: FaultBook) {
    this.#buses = busesByName;
    this.#metering = metering;
    this.#faults = faults;
  }

  handle(operation: string, body: unknown, who: string): unknown {
    if (operation !== 'PutEvents')
      throw new AwsFault(400, 'UnknownOperationException', `${operation} is not supported here`);
    const { Entries } = request.parse(body);
    if (Entries.length === 0 || Entries.length > 10)
      throw new AwsFault(400, 'ValidationException', 'A request holds 1 to 10 entries.');
    if (Entries.reduce((sum, one) => sum + bytesOf(one), 0) > longestRequest) {
      throw new AwsFault(
        413,
        'RequestEntityTooLargeException',
        'Total size of the entries in the request is over the limit.',
      );
    }
    const answers = Entries.map((one) => this.#put(one, who));
    return { FailedEntryCount: answers.filter((answer) => 'ErrorCode' in answer).length, Entries: answers };
  }

  #put(
    { Source, DetailType, Detail, EventBusName = 'default', Resources = [], Time }: z.infer<typeof entry>,
    who: string,
  ) {
    if (Source === undefined || DetailType === undefined || Detail === undefined) {
      return refusal('InvalidArgument', 'Parameters Source, DetailType and Detail must be present.');
    }
    if (Source.startsWith('aws.')) return refusal('NotAuthorizedForSourceException', 'Not authorized for the source.');
    const detail = parsedObject(Detail);
    if (detail === undefined) return refusal('MalformedDetail', 'Detail is malformed.');
    const bus = this.#buses.get(nameOfArn(EventBusName));
    if (bus === undefined)
      return refusal('ResourceNotFoundException', `Event bus ${nameOfArn(EventBusName)} does not exist.`);
    const fault = this.#faults.draw('eventbridge', ['throttle', 'error'], 'PutEventsEntry');
    if (fault !== undefined) return failedEntry(fault.rule.kind);
    this.#metering.add(who, 'events', Math.ceil(bytesOf({ Source, DetailType, Detail }) / 65_536));
    const at = Time === undefined ? undefined : Time * 1_000;
    return { EventId: bus.publish({ source: Source, detailType: DetailType, detail, resources: Resources, at }) };
  }
}

/** One entry that the bus did not take, in a request that it answered with 200. */
const failedEntry = (kind: string) =>
  kind === 'throttle'
    ? refusal('ThrottlingException', 'Rate exceeded')
    : refusal('InternalFailure', 'Unexpected internal failure.');

const bytesOf = ({ Source = '', DetailType = '', Detail = '' }: z.infer<typeof entry>): number =>
  Buffer.byteLength(Source) + Buffer.byteLength(DetailType) + Buffer.byteLength(Detail);

const parsedObject = (text: string): object | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
};
