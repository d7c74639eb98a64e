import * as z from 'zod';
import type { StoreSettings } from '../../../../shared/domain/store.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import { type Command, type Context, defineCommand, type Report } from '../../command.ts';
import { Refusal, UsageError } from '../../refusal.ts';
import { systemNow } from '../../system/system-now.ts';

const schema = z.strictObject({ words: z.array(z.string()).max(1), all: z.boolean().default(false) });

const withPause = ({ pausedAt, ...settings }: StoreSettings, paused: boolean, now: EpochMs): StoreSettings =>
  paused ? { ...settings, pausedAt: pausedAt ?? now } : settings;

const everything = async ({ system }: Context, paused: boolean): Promise<Report> => {
  const operations = await system.operations();
  await operations.setSending(paused ? 'paused' : 'on');
  return {
    json: { all: true, sending: paused ? 'paused' : 'on', where: operations.where },
    text: (paint) =>
      paused
        ? [
            `${paint.green('✓')} all mail of ${operations.where} stops within a minute, answers to customers too`,
            '  Orders and unsubscribing go on. What waits goes out after: resume --all',
          ]
        : [
            `${paint.green('✓')} mail of ${operations.where} goes on within a minute; what is too late by now is left out`,
          ],
  };
};

const oneStore = async (context: Context, id: string, paused: boolean): Promise<Report> => {
  const operations = await context.system.operations();
  const now = await systemNow(context);
  const settings = await operations.settings(id, now);
  if (settings === undefined)
    throw new Refusal(`cannot ${paused ? 'pause' : 'resume'} '${id}': there is no such store in ${operations.where}`);
  await operations.putSettings(withPause(settings, paused, now));
  const isAllPaused = (await operations.sending()) === 'paused';
  return {
    json: { store: id, sending: paused ? 'paused' : 'on', all: isAllPaused ? 'paused' : 'on', where: operations.where },
    text: (paint) => [
      `${paint.green('✓')} ${id} ${paused ? 'mails nobody from within a minute on' : 'mails again within ten minutes'}`,
      ...(isAllPaused && !paused ? ['  But all mail of the deployment is stopped: resume --all'] : []),
    ],
  };
};

/** `pause` and `resume`: one store by its settings, everything by a parameter outside the table. */
export const pausing = (name: 'pause' | 'resume', summary: string): Command =>
  defineCommand({
    name,
    takes: '[STORE]',
    summary,
    options: { all: { about: 'every store of the deployment, whatever the table says' } },
    examples: [`${name} harbour`, `${name} --all`],
    schema,
    run({ words: [word], all }, context) {
      if (all && word !== undefined) throw new UsageError([`${name} takes a store or --all, not both`]);
      if (all) return everything(context, name === 'pause');
      const id = word ?? context.system.storeId();
      if (id === undefined) throw new UsageError([`${name} needs a store, or --all`]);
      return oneStore(context, id, name === 'pause');
    },
  });
