import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { replyJson, replyProblem } from '../http/reply.ts';
import type { Mail, Mailbox } from '../mail/mailbox.ts';

const asset = (name: string): string => readFileSync(new URL(`./inbox/${name}`, import.meta.url), 'utf8');

const files: Readonly<Record<string, { type: string; text: string }>> = {
  '/inbox': { type: 'text/html; charset=utf-8', text: asset('inbox.html') },
  '/inbox/inbox.css': { type: 'text/css; charset=utf-8', text: asset('inbox.css') },
  '/inbox/inbox.js': { type: 'text/javascript; charset=utf-8', text: asset('inbox.js') },
};

const pagePolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'";
/** A mail is somebody else's HTML: no scripts, no forms, no address of its own. */
const mailPolicy =
  "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src data: https:; style-src 'unsafe-inline'; base-uri 'none'";
const pageSize = 100;

/** `/inbox`: the mails on a web page, kept up to date while it is open. */
export class InboxPage {
  readonly #mailbox: Mailbox;

  constructor(mailbox: Mailbox) {
    this.#mailbox = mailbox;
  }

  async handle(_request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const file = files[url.pathname.replace(/\/$/, '')];
    if (file !== undefined) return send(response, file.type, file.text, pagePolicy);
    if (url.pathname === '/inbox/list') return this.#list(response, url.searchParams);
    if (url.pathname === '/inbox/events') return this.#events(response);
    const [, id, part] = /^\/inbox\/mail\/([^/]+)(\/html)?$/.exec(url.pathname) ?? [];
    const mail = id === undefined ? undefined : this.#mailbox.get(decodeURIComponent(id));
    if (mail === undefined) return replyProblem(response, 404, 'Not found', 'no such mail');
    if (part === '/html') return send(response, 'text/html; charset=utf-8', mail.html, mailPolicy);
    const { html, raw: _raw, ...shown } = mail;
    replyJson(response, 200, { ...shown, hasHtml: html !== '' });
  }

  /** Newest first, a page at a time, those that hold the words. */
  #list(response: ServerResponse, query: URLSearchParams): void {
    const words = (query.get('q') ?? '')
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== '');
    const from = Math.max(0, Number(query.get('from') ?? 0) || 0);
    const found = this.#mailbox
      .list()
      .filter((mail) => holds(mail, words))
      .reverse();
    replyJson(response, 200, { total: found.length, mails: found.slice(from, from + pageSize).map(summary) });
  }

  /** Server-sent events: only that something came, so that a burst of mails is one look at the list. */
  #events(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(': open\n\n');
    let pending: NodeJS.Timeout | undefined;
    const stop = this.#mailbox.onMail(() => {
      pending ??= setTimeout(() => {
        pending = undefined;
        response.write(`data: ${this.#mailbox.size}\n\n`);
      }, 250);
    });
    response.on('close', () => {
      clearTimeout(pending);
      stop();
    });
  }
}

const summary = ({ id, at, to, from, subject, tags }: Mail) => ({ id, at, to, from, subject, tags });

const holds = ({ to, from, subject, tags }: Mail, words: readonly string[]): boolean => {
  const text = `${to} ${from} ${subject} ${Object.values(tags).join(' ')}`.toLowerCase();
  return words.every((word) => text.includes(word));
};

const send = (response: ServerResponse, type: string, text: string, policy: string): void => {
  const body = Buffer.from(text);
  response.writeHead(200, {
    'content-type': type,
    'content-length': body.length,
    'content-security-policy': policy,
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  });
  response.end(body);
};
