import type { DynamoDBRecord, StreamRecord } from 'aws-lambda';
import type { Attributes } from '../../shared/adapters/dynamodb/codec/codec.ts';
import { readContact } from '../../shared/adapters/dynamodb/items/contact-item.ts';
import { readCustomer } from '../../shared/adapters/dynamodb/items/customer-item.ts';
import { suppressionItem } from '../../shared/adapters/dynamodb/items/store-item.ts';
import { customerOfPk, suppressionOfPk } from '../../shared/adapters/dynamodb/keys.ts';
import type { LoggedPair } from './keep-log.ts';

/** Lambda's JSON differs from the SDK's attributes in binaries alone, and no item of ours holds one; the codec checks the rest. */
const imageOf = (image: NonNullable<StreamRecord['NewImage']>): Attributes => image as Attributes;

/**
 * What a stream record says was committed.
 *
 * @returns `undefined` for removals, and for items relay has no business with.
 */
export const readPair = ({ dynamodb }: DynamoDBRecord): LoggedPair | undefined => {
  if (dynamodb?.NewImage === undefined) return undefined;
  const after = imageOf(dynamodb.NewImage);
  const before = dynamodb.OldImage && imageOf(dynamodb.OldImage);
  return readers[after['entity']?.S ?? '']?.(after, before);
};

type Reader = (after: Attributes, before: Attributes | undefined) => LoggedPair | undefined;

const readers: Readonly<Record<string, Reader>> = {
  CUSTOMER: (after, before) => ({
    type: 'customer',
    after: readCustomer(after),
    ...(before && { before: readCustomer(before) }),
  }),
  CONTACT: (after, before) => {
    const owner = customerOfPk(after['pk']?.S ?? '');
    if (owner === undefined) return undefined;
    return { type: 'contact', ...owner, after: readContact(after), ...(before && { before: readContact(before) }) };
  },
  SUPPRESSION: (after) => {
    const address = suppressionOfPk(after['pk']?.S ?? '');
    return address && { type: 'suppression', ...address, after: suppressionItem.read(after) };
  },
};
