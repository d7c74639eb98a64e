/** The account as SES describes it. */
export type AccountState = Readonly<{
  production: boolean;
  enabled: boolean;
  enforcement: string;
  perDay: number;
  perSecond: number;
  sentLastDay: number;
}>;

/** A sending domain as SES describes it. */
export type DomainState = Readonly<{
  verified: boolean;
  dkim: string;
  dkimTokens: readonly string[];
  mailFrom?: Readonly<{ domain: string; status: string }>;
}>;

/** What doctor asks SES. `undefined` = no such identity. */
export interface MailAccount {
  readonly region: string;
  account(): Promise<AccountState>;
  domain(name: string): Promise<DomainState | undefined>;
}

/** What doctor asks the DNS; no answer is an empty list, a fault throws. */
export interface Dns {
  txt(name: string): Promise<readonly string[]>;
}
