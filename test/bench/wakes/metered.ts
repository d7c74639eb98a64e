import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** What requests cost by DynamoDB's own account, and how many there were. */
export type Meter = { units: number; calls: number };

const unitsOf = (output: object): number => {
  const consumed: unknown = 'ConsumedCapacity' in output ? output.ConsumedCapacity : undefined;
  if (typeof consumed !== 'object' || consumed === null || !('CapacityUnits' in consumed)) return 0;
  return Number(consumed.CapacityUnits);
};

/** Counts the request units, read and written alike, of every call the client makes from here on. */
export const meterOf = (client: DynamoDBClient): Meter => {
  const meter: Meter = { units: 0, calls: 0 };
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next({ ...args, input: { ...args.input, ReturnConsumedCapacity: 'TOTAL' } });
      meter.calls += 1;
      meter.units += unitsOf(result.output);
      return result;
    },
    { step: 'initialize', name: 'meter' },
  );
  return meter;
};
