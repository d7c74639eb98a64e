import type { Machine } from '../../engine/invocation.ts';
import type { Item } from '../../scenario/scenario.ts';
import type { System } from '../system.ts';

/** Has one thing of a scenario happen. */
export const happening =
  ({ timeline, trace }: Machine, system: System) =>
  (item: Item): unknown => {
    const { operator, strangers } = system;
    trace.add(timeline.now(), `── ${item.name}`);
    switch (item.type) {
      case 'webhook':
        return system.webhook(item.intake);
      case 'unsubscribe':
        return followed(system, item.email, 'u', system.unsubscribe);
      case 'confirm':
        return followed(system, item.email, 'confirm', system.confirm);
      case 'choose':
        return followed(system, item.email, 'preferences', (token) => system.choose(token, item.posted));
      case 'redrive':
        return system.redrive();
      case 'switch':
        return system.turn(item.isPaused);
      case 'pause':
        return operator.pause(item.isPaused);
      case 'campaigns':
        return operator.campaigns(item.active);
      case 'publish':
        return operator.publish(item.draft);
      case 'fit':
        return operator.fit();
      case 'rhythm':
        return operator.rhythm(item.rhythm);
      case 'outage':
        return outage(timeline, system, item);
      case 'night':
        return operator.night();
      case 'poison':
        return system.poison.add(item.place, item.body, timeline.now());
      case 'bad-news':
        return strangers.badNews(item.store, item.what, item.count);
      case 'busy':
        return strangers.busy(item.count);
      case 'burst':
        return strangers.burst(item);
    }
  };

/** Once the readers go on, the operator has the table walked. */
const outage = (
  { now }: Machine['timeline'],
  { streams, operator }: System,
  { readers, forMs, reconcileAfterMs }: Extract<Item, { type: 'outage' }>,
): void => {
  for (const reader of readers) streams[reader].standStill(now() + forMs);
  operator.reconcileAt(now() + forMs + reconcileAfterMs);
};

/** Somebody follows the link of a kind in the latest mail to their address that carries one. */
const followed = ({ mails }: System, email: string, page: string, follow: (token: string) => void): void => {
  const inMail = new RegExp(`/${page}/([\\w.-]+)`);
  for (const { mail } of mails.toReversed()) {
    if (mail.to !== email) continue;
    const token = inMail.exec(`${mail.headers['List-Unsubscribe'] ?? ''} ${mail.text}`)?.[1];
    if (token === undefined) continue;
    follow(token);
    return;
  }
};
