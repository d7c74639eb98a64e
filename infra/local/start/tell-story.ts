import type { EpochMs } from '../../../shared/domain/time.ts';
import type { System } from './boot/start-system.ts';
import { playFirstOrder } from './play/first-order.ts';
import { httpCaller } from './play/http-caller.ts';
import { inboxReader } from './play/inbox-reader.ts';
import { noAnswers, type Target } from './play/perform.ts';
import { playScript } from './play/play-script.ts';
import type { ReceivedMail, Script } from './play/script.ts';
import type { Reporter } from './print/reporter.ts';
import { readStory } from './summary/story.ts';

export type StoryOptions = Readonly<{
  script: Script;
  /** Where the clock stands at the end. */
  endAt: () => EpochMs;
}>;

/** Plays a script through the running system and reports on it from the first order to the last table. */
export const tellStory = async (system: System, { script, endAt }: StoryOptions, reporter: Reporter): Promise<void> => {
  const startedAt = performance.now();
  const { stack, store } = system;
  const http = httpCaller();
  const target: Target = {
    api: stack.api,
    control: stack.control,
    store: store.id,
    secrets: system.secrets,
    http,
    now: stack.now,
  };
  const answers = noAnswers();
  const mails: ReceivedMail[] = [];
  const readInbox = inboxReader(stack.inbox, http);
  const newMails = async (): Promise<readonly ReceivedMail[]> => {
    const fresh = await readInbox();
    mails.push(...fresh);
    return fresh;
  };
  const first = await playFirstOrder(script, system, target, answers);
  if (first !== undefined) reporter.firstOrder(first, system);
  const span = { from: script.from, to: script.to, zone: store.timeZone };
  const progress = reporter.progress(span);
  await playScript(
    script,
    { now: stack.now, advanceTo: stack.advanceTo, idle: stack.idle, newMails },
    target,
    answers,
    progress.show,
  );
  await stack.advanceTo(endAt());
  await newMails();
  progress.finish({ now: stack.now(), mails: mails.length, answers });
  const story = await readStory({ system, http, mails, answers, zoneOf: script.zoneOf }, stack.now());
  reporter.story({ story, answers, store, now: stack.now(), tookMs: performance.now() - startedAt });
  http.close();
};
