/** One message to one person, ready to go. */
export type Mail = Readonly<{
  /** Ours, deterministic: an adapter for a provider with idempotency keys uses it. */
  sendId: string;
  from: string;
  replyTo?: string;
  to: string;
  subject: string;
  html: string;
  text: string;
  headers: Readonly<Record<string, string>>;
  tags: Readonly<Record<string, string>>;
}>;

export type MailOutcome =
  | Readonly<{ type: 'accepted'; messageId: string }>
  /** Definitely not sent. `retry` says whether trying later can help, and how. */
  | Readonly<{ type: 'refused'; code: string; retry: 'never' | 'slower' | 'tomorrow' }>
  /** Timeouts, resets, 5xx: it may have been sent. */
  | Readonly<{ type: 'ambiguous'; code: string }>;

export interface Mailer {
  send(mail: Mail): Promise<MailOutcome>;
}
