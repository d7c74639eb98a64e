/** The account and region every local name and ARN carries. */
export const account = '123456789012';
export const region = 'us-east-1';

export const arn = (service: string, resource: string): string => `arn:aws:${service}:${region}:${account}:${resource}`;
export const functionArn = (name: string): string => arn('lambda', `function:${name}`);
export const queueArn = (name: string): string => arn('sqs', name);
export const tableArn = (name: string): string => arn('dynamodb', `table/${name}`);
export const streamArn = (name: string): string => `${tableArn(name)}/stream/2026-01-01T00:00:00.000`;
export const busArn = (name: string): string => arn('events', `event-bus/${name}`);
export const topicArn = (name: string): string => arn('sns', name);

/** What comes after the last `:` and the last `/` of an ARN: the name of the thing. */
export const nameOfArn = (text: string): string => text.split(/[:/]/).at(-1) ?? text;
/** The table of a table's stream ARN. */
export const tableOfStreamArn = (text: string): string => text.split(':table/')[1]?.split('/')[0] ?? text;
