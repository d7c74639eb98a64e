import * as z from 'zod';
import { changeRhythm } from '../../../functions/fit/change-rhythm.ts';
import type { FitDeps } from '../../../functions/fit/fit-deps.ts';
import { type FitOutcome, type FitRequest, makeFit } from '../../../functions/fit/make-fit.ts';
import { usualRebasePerMinute } from '../../../shared/domain/definitions/rebase.ts';
import type { StoreId, StoreSettings } from '../../../shared/domain/store.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import { parameterNames, sendingPaused } from '../../../shared/env.ts';
import type { Restores } from '../../../shared/ports/restores.ts';
import type { StoreSecrets } from '../../../shared/ports/secrets.ts';
import type { StoreList } from '../../../shared/ports/store-list.ts';
import type { StoreCatalogue } from '../../../shared/ports/store-settings.ts';
import type { MailAccount } from '../doctor/mail-account.ts';
import { Refusal } from '../refusal.ts';

/** SSM's parameter store, as far as commands use it. */
export interface ParameterStore {
  get(name: string): Promise<string | undefined>;
  /** Encrypted; `there` when it may not be overwritten and something is. */
  putSecret(name: string, value: string, overwrite: boolean): Promise<'written' | 'there'>;
}

/** What only an operator does: settings and secrets of a deployment. */
export interface Operations {
  /** The deployment in words, for the person who is about to change it. */
  readonly where: string;
  settings(store: string, now: EpochMs): Promise<StoreSettings | undefined>;
  /** Saves settings. Another rhythm is another prior: it is taken over as a fit of its own, so that no stage changes unseen. */
  putSettings(settings: StoreSettings, change?: Readonly<{ before: StoreSettings; now: EpochMs }>): Promise<void>;
  makeFit(settings: StoreSettings, request: FitRequest): Promise<FitOutcome>;
  secrets(store: string): Promise<StoreSecrets | undefined>;
  putSecrets(store: string, secrets: StoreSecrets): Promise<void>;
  /** Makes the deployment's key unless there is one; it is never replaced, as every address hash depends on it. */
  ensureDeploymentKey(random: (count: number) => Uint8Array): Promise<'made' | 'there'>;
  apiUrl(): Promise<string | undefined>;
  /** The switch outside the table that stops all mail. */
  sending(): Promise<'on' | 'paused'>;
  setSending(sending: 'on' | 'paused'): Promise<void>;
  /** Every store of the deployment. */
  stores(): Promise<readonly StoreId[]>;
  /** How far each has taken in an older copy of the table; its sweep does the work. */
  readonly restores: Pick<Restores, 'load' | 'save'>;
  /** SES; absent where it cannot be asked. */
  readonly mail?: MailAccount | undefined;
}

/** What making a fit asks for, but for the pace of a rebase that may follow: the deployment sets it. */
export type Fits = Omit<FitDeps, 'rebasePerMinute'>;

/** What only some commands ask of the table. */
export type TableSide = Fits & Readonly<{ storeList: StoreList; restores: Operations['restores'] }>;

/** Deployments made before the pace was published have the usual one. */
const atPaceOf = async (fits: Fits, parameters: ParameterStore, prefix: string): Promise<FitDeps> => {
  const pace = await parameters.get(parameterNames.rebasePerMinute(prefix));
  return { ...fits, rebasePerMinute: pace === undefined ? usualRebasePerMinute : paceSchema.parse(pace) };
};
const paceSchema = z.coerce.number().int().positive();

const secretsSchema = z.record(z.string(), z.array(z.string().min(1)).min(1).max(2));

const parseSecrets = (name: string, text: string): StoreSecrets => {
  try {
    return secretsSchema.parse(JSON.parse(text));
  } catch {
    throw new Refusal(`the parameter ${name} does not hold webhook secrets`);
  }
};

export const operationsOver = (
  where: string,
  prefix: string,
  catalogue: StoreCatalogue,
  parameters: ParameterStore,
  fits: TableSide,
  mail?: MailAccount,
): Operations => ({
  where,
  mail,
  stores: () => fits.storeList.stores(),
  restores: fits.restores,
  settings: (store, now) => catalogue.settings(store, now),
  async putSettings(settings, change) {
    if (change !== undefined && change.before.rhythm !== settings.rhythm)
      await changeRhythm(await atPaceOf(fits, parameters, prefix), change.before, settings, change.now);
    await catalogue.put(settings);
  },
  makeFit: async (settings, request) => makeFit(await atPaceOf(fits, parameters, prefix), settings, request),
  async secrets(store) {
    const name = parameterNames.storeSecrets(prefix, store);
    const text = await parameters.get(name);
    return text === undefined ? undefined : parseSecrets(name, text);
  },
  async putSecrets(store, secrets) {
    await parameters.putSecret(parameterNames.storeSecrets(prefix, store), JSON.stringify(secrets), true);
  },
  async ensureDeploymentKey(random) {
    const key = Buffer.from(random(32)).toString('base64');
    const outcome = await parameters.putSecret(parameterNames.deploymentKey(prefix), key, false);
    return outcome === 'written' ? 'made' : 'there';
  },
  apiUrl: () => parameters.get(parameterNames.apiUrl(prefix)),
  sending: async () => ((await parameters.get(parameterNames.sending(prefix))) === sendingPaused ? 'paused' : 'on'),
  async setSending(sending) {
    const value = sending === 'paused' ? sendingPaused : 'on';
    await parameters.putSecret(parameterNames.sending(prefix), value, true);
  },
});
