import type { Enrolment } from '../../../domain/campaigns/enrolment.ts';
import type { CustomerId } from '../../../domain/customers/customer.ts';
import type { StoreId } from '../../../domain/store.ts';
import type { CustomerStore } from '../../../ports/customer-store.ts';
import type { Attributes } from '../codec/codec.ts';
import { keyAttributes } from '../codec/item.ts';
import { ifAbsent, putItem, updateItem } from '../conditional.ts';
import { enrolmentItem, enrolmentNames } from '../items/enrolment-item.ts';
import { customerPk, customerSk, type ItemKey } from '../keys.ts';
import type { DynamoTable } from '../table.ts';

const keyOf = (store: StoreId, customerId: CustomerId, { campaign, occurrence }: Enrolment): ItemKey => ({
  pk: customerPk(store, customerId),
  sk: customerSk.enrolment(campaign, occurrence),
});

const names = {
  '#status': enrolmentNames.status,
  '#endedBy': enrolmentNames.endedBy,
  '#convertedAt': enrolmentNames.convertedAt,
} as const;
type Name = keyof typeof names;
type Mark = Readonly<{ set: Readonly<Partial<Record<Name, string>>>; when: string; values: Attributes }>;

/** First conversion and first end win; each is marked on its own terms. */
const marksOf = ({ convertedAt, status, endedBy }: Enrolment): readonly Mark[] => {
  const marks: Mark[] = [];
  if (convertedAt !== undefined) {
    const values = { ':convertedAt': { N: String(convertedAt) } };
    marks.push({ set: { '#convertedAt': ':convertedAt' }, when: 'attribute_not_exists(#convertedAt)', values });
  }
  if (status === 'ended') {
    const by = endedBy && { '#endedBy': ':endedBy' };
    const values: Attributes = { ':ended': { S: 'ended' }, ':running': { S: 'running' } };
    if (endedBy) values[':endedBy'] = { S: endedBy };
    marks.push({ set: { '#status': ':ended', ...by }, when: '#status = :running', values });
  }
  return marks;
};

const apply = (table: DynamoTable, key: ItemKey, marks: readonly Mark[]) => {
  const set = Object.assign({}, ...marks.map((mark) => mark.set)) as Mark['set'];
  const condition = ['attribute_exists(pk)', ...marks.map((mark) => mark.when)].join(' AND ');
  const used = Object.entries(names).filter(([name]) => name in set);
  return updateItem(table, {
    Key: keyAttributes(key),
    UpdateExpression: `SET ${Object.entries(set)
      .map(([name, value]) => `${name} = ${value}`)
      .join(', ')}`,
    ConditionExpression: condition,
    ExpressionAttributeNames: Object.fromEntries(used),
    ExpressionAttributeValues: Object.assign({}, ...marks.map((mark) => mark.values)) as Attributes,
  });
};

export const enrolments = (table: DynamoTable): Pick<CustomerStore, 'putEnrolment' | 'endEnrolment'> => ({
  async putEnrolment(store, customerId, enrolment) {
    const item = enrolmentItem.write(keyOf(store, customerId, enrolment), enrolment);
    return (await putItem(table, item, ifAbsent)).type === 'written' ? { type: 'saved' } : { type: 'stale' };
  },
  async endEnrolment(store, customerId, enrolment) {
    const key = keyOf(store, customerId, enrolment);
    const marks = marksOf(enrolment);
    if (marks.length === 0) return;
    const together = await apply(table, key, marks);
    if (together.type === 'written' || marks.length === 1) return;
    for (const mark of marks) await apply(table, key, [mark]);
  },
});
