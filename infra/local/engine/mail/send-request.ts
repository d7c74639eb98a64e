import * as z from 'zod';
import { AwsFault } from '../messaging/aws-fault.ts';
import { bareAddress, domainOf } from './address.ts';

const content = z.object({ Data: z.string(), Charset: z.string().nullish() });
const pair = z.object({ Name: z.string(), Value: z.string() });
const addresses = z.array(z.string()).nullish();

export const sendRequest = z.object({
  FromEmailAddress: z.string().nullish(),
  Destination: z.object({ ToAddresses: addresses, CcAddresses: addresses, BccAddresses: addresses }).nullish(),
  ReplyToAddresses: addresses,
  Content: z.object({
    Simple: z
      .object({
        Subject: content,
        Body: z.object({ Text: content.nullish(), Html: content.nullish() }),
        Headers: z.array(pair).nullish(),
        Attachments: z.array(z.unknown()).nullish(),
      })
      .nullish(),
    Raw: z.object({ Data: z.base64() }).nullish(),
    Template: z.unknown().optional(),
  }),
  EmailTags: z.array(pair).nullish(),
  ConfigurationSetName: z.string().nullish(),
});
export type SendRequest = z.infer<typeof sendRequest>;

const bad = (message: string): never => {
  throw new AwsFault(400, 'BadRequestException', message);
};

const printableAscii = /^[\x20-\x7e]*$/;
const headerName = /^[\x21-\x39\x3b-\x7e]{1,126}$/;
const tagText = /^[A-Za-z0-9_-]{1,256}$/;
const mostRecipients = 50;
const mostHeaders = 15;
const mostTags = 50;

/** Refuses what SES refuses: recipients, addresses, headers and tags outside its limits. */
export const checkSendRequest = (request: SendRequest): void => {
  const { Simple, Raw, Template } = request.Content;
  if (Template !== undefined && Template !== null) bad('Templates are not supported here.');
  if ((Simple ?? Raw ?? undefined) === undefined) bad('Content must hold Simple or Raw.');
  if (Simple?.Attachments !== undefined && Simple.Attachments !== null)
    bad('Attachments are not supported here; use Raw.');
  if (Simple !== undefined && Simple !== null) checkSimple(request, Simple);
  checkTags(request.EmailTags ?? []);
};

const checkSimple = (request: SendRequest, simple: NonNullable<SendRequest['Content']['Simple']>): void => {
  const recipients = recipientsOf(request);
  if (recipients.length === 0) bad('Missing destination.');
  if (recipients.length > mostRecipients) bad(`Recipient count exceeds ${mostRecipients}.`);
  if (request.FromEmailAddress === undefined || request.FromEmailAddress === null)
    bad('Missing required field: FromEmailAddress.');
  for (const address of [request.FromEmailAddress ?? '', ...recipients, ...(request.ReplyToAddresses ?? [])])
    checkAddress(address);
  if (/[\r\n]/.test(simple.Subject.Data)) bad('Subject must not contain line breaks.');
  if ((simple.Body.Html ?? simple.Body.Text ?? undefined) === undefined) bad('Body must hold Text or Html.');
  checkHeaders(simple.Headers ?? []);
};

const checkAddress = (address: string): void => {
  const bare = bareAddress(address);
  if (/[\r\n]/.test(address)) bad('Address must not contain line breaks.');
  if (!/^[^\s@]+@[^\s@]+$/.test(bare)) bad('Missing final @domain');
  if (!printableAscii.test(domainOf(bare))) bad('Domain contains illegal character; use Punycode.');
  if (!printableAscii.test(bare)) bad('Local address contains control or non-ASCII characters.');
};

const checkHeaders = (headers: readonly z.infer<typeof pair>[]): void => {
  if (headers.length > mostHeaders) bad(`Header count exceeds ${mostHeaders}.`);
  for (const { Name, Value } of headers) {
    if (!headerName.test(Name)) bad('Header name must be 1 to 126 printable ASCII characters without a colon.');
    if (!printableAscii.test(Value) || Value.length > 995 || Name.length + Value.length > 996) {
      bad(`Value of header ${Name} must be printable ASCII, at most 995 characters and 996 with its name.`);
    }
  }
};

const checkTags = (tags: readonly z.infer<typeof pair>[]): void => {
  if (tags.length > mostTags) bad(`Tag count exceeds ${mostTags}.`);
  for (const { Name, Value } of tags) {
    if (!tagText.test(Name) || !tagText.test(Value))
      bad('Tag names and values must be 1 to 256 characters of A-Z, a-z, 0-9, _ and -.');
  }
};

export const recipientsOf = ({ Destination }: SendRequest): string[] => [
  ...(Destination?.ToAddresses ?? []),
  ...(Destination?.CcAddresses ?? []),
  ...(Destination?.BccAddresses ?? []),
];
