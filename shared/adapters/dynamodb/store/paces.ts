import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { newPace, type Pace } from '../../../domain/pace/pace.ts';
import type { Paces } from '../../../ports/pacing.ts';
import { number } from '../codec/codec.ts';
import { itemOf, keyAttributes } from '../codec/item.ts';
import { shape } from '../codec/shape.ts';
import { ifVersionBefore, putItem } from '../conditional.ts';
import { paceKey } from '../keys.ts';
import type { DynamoTable } from '../table.ts';

const paceItem = itemOf(
  'PACE',
  shape<Pace>({
    version: ['n', number],
    freeAt: ['f', number],
    share: ['sh', number],
    changedAt: ['c', number],
    stoppedUntil: ['su', number, 'optional'],
    taken: ['t', number],
    countedFrom: ['cf', number],
    countedSent: ['cs', number, 'optional'],
  }),
);

export const dynamoPaces = (table: DynamoTable): Paces => ({
  async load() {
    const Key = keyAttributes(paceKey);
    const { Item } = await table.client.send(new GetItemCommand({ TableName: table.name, Key, ConsistentRead: true }));
    return Item === undefined ? newPace : paceItem.read(Item);
  },
  async save(pace) {
    const written = await putItem(table, paceItem.write(paceKey, pace), ifVersionBefore(pace.version));
    return written.type === 'written' ? { type: 'saved' } : { type: 'stale' };
  },
});
