import { SESv2Client, type SendEmailCommand } from '@aws-sdk/client-sesv2';
import PostalMime, { type Email } from 'postal-mime';
import { composeMail } from '../../../functions/send/compose-mail.ts';
import { bareAddress } from '../../../infra/local/engine/mail/address.ts';
import { rawMessage } from '../../../infra/local/engine/mail/raw-message.ts';
import { sesMailer } from '../../../shared/adapters/ses/ses-mailer.ts';
import type { Profile } from '../../../shared/domain/customers/profile.ts';
import { confirmationCampaign } from '../../../shared/domain/sends/confirmation-send.ts';
import type { StoreSettings } from '../../../shared/domain/store.ts';
import type { Mail } from '../../../shared/ports/mailer.ts';
import { sampleCustomer, sampleNow, sampleSend } from '../../support/samples.ts';
import { shop } from '../../support/world.ts';

/** What a mail is made of, as far as outsiders have a say in it. */
export type Words = Readonly<{
  profile?: Partial<Profile>;
  store?: Partial<StoreSettings>;
  template?: string;
}>;

export type SentMessage = Readonly<{ mail: Mail; raw: string; read: Email; lines: readonly string[] }>;

const composed = ({ profile = {}, store = {}, template = 'welcome/settling-in' }: Words): Mail => {
  const [campaign = '', step = ''] = template.split('/');
  const customer = sampleCustomer();
  const isQuestion = campaign === 'consent';
  return composeMail({
    store: { ...shop, ...store },
    customer: { ...customer, profile: { ...customer.profile, ...profile } },
    send: sampleSend({
      ...{ campaign: isQuestion ? confirmationCampaign.id : campaign, step, template },
      class: isQuestion ? 'transactional' : 'marketing',
    }),
    now: sampleNow,
    apiUrl: 'https://a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com',
    key: new Uint8Array(32).fill(3),
  });
};

/** The mail was refused before anything left. */
export class Refused extends Error {}

/** Composes a mail, hands it to the adapter, makes of its request what SES would make of it, and reads that with a parser. */
export const sentMessage = async (words: Words): Promise<SentMessage> => {
  const mail = composed(words);
  const client = new SESv2Client({ region: 'eu-central-1' });
  let input: SendEmailCommand['input'] | undefined;
  const catching = async (command: SendEmailCommand) => {
    input = command.input;
    return { MessageId: 'm-1' };
  };
  Object.defineProperty(client, 'send', { value: catching });
  const outcome = await sesMailer(client, 'set').send(mail);
  if (outcome.type === 'refused' && input === undefined) throw new Refused(outcome.code);
  if (outcome.type !== 'accepted' || input === undefined) throw new Error(`not sent: ${JSON.stringify(outcome)}`);
  const simple = input.Content?.Simple;
  const from = input.FromEmailAddress ?? '';
  const message = await rawMessage({
    ...{
      id: 'm-1',
      at: sampleNow,
      to: bareAddress(mail.to),
      recipients: [mail.to],
      from,
      subject: simple?.Subject?.Data ?? '',
    },
    headers: Object.fromEntries((simple?.Headers ?? []).map(({ Name, Value }) => [Name ?? '', Value ?? ''])),
    ...{
      text: simple?.Body?.Text?.Data ?? '',
      html: simple?.Body?.Html?.Data ?? '',
      tags: {},
      configurationSet: 'set',
    },
    ...{ caller: 'send', raw: undefined, replyTo: input.ReplyToAddresses ?? [] },
  });
  const raw = message.toString('latin1');
  const lines = raw.slice(0, raw.indexOf('\r\n\r\n')).split('\r\n');
  return { mail, raw, read: await PostalMime.parse(message), lines };
};
