/** One mail as SES accepted it. */
export interface Mail {
  /** The SES message id. */
  readonly id: string;
  readonly at: number;
  /** First recipient, bare. */
  readonly to: string;
  readonly recipients: readonly string[];
  readonly from: string;
  readonly subject: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly html: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly configurationSet: string | undefined;
  /** Who called SES: a function's name. */
  readonly caller: string;
  /** The bytes, when the caller composed the message itself. */
  readonly raw: Buffer | undefined;
  readonly replyTo: readonly string[];
}

/** What would have been delivered, oldest first. */
export class Mailbox {
  readonly #mails = new Map<string, Mail>();
  readonly #listeners = new Set<(mail: Mail) => void>();

  add(mail: Mail): void {
    this.#mails.set(mail.id, mail);
    for (const listener of this.#listeners) listener(mail);
  }

  get(id: string): Mail | undefined {
    return this.#mails.get(id);
  }

  /** Recipients of mails accepted after an instant: how SES counts a quota. */
  recipientsSince(at: number): number {
    return [...this.#mails.values()].reduce((sum, mail) => sum + (mail.at > at ? mail.recipients.length : 0), 0);
  }

  get size(): number {
    return this.#mails.size;
  }

  list({ to, campaign }: { to?: string | undefined; campaign?: string | undefined } = {}): Mail[] {
    const wanted = to?.toLowerCase();
    return [...this.#mails.values()].filter(
      (mail) =>
        (wanted === undefined || mail.recipients.some((recipient) => recipient.toLowerCase() === wanted)) &&
        (campaign === undefined || mail.tags['campaign'] === campaign),
    );
  }

  /** Calls back for every new mail until the returned function is called. */
  onMail(listener: (mail: Mail) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
