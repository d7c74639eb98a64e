// The inbox page: lists mails, shows one. Everything a mail says goes in as text; its HTML only into the sandboxed frame.

const byId = (id) => document.getElementById(id);
const [list, more, none, count, search, article] = ['list', 'more', 'none', 'count', 'search', 'mail'].map(byId);
const tabs = ['html', 'text', 'headers'];
const time = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' });

const state = { mails: [], total: 0, selected: decodeURIComponent(location.hash.slice(1)), newest: 0 };

const element = (tag, text, attributes = {}) => {
  const made = document.createElement(tag);
  made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
};

const fetchPage = async (from) => {
  const query = new URLSearchParams({ q: search.value, from: String(from) });
  return (await fetch(`/inbox/list?${query}`)).json();
};

const row = (mail) => {
  const button = element('button', '', { type: 'button', 'aria-current': String(mail.id === state.selected) });
  const sent = element('time', day.format(mail.at), { datetime: new Date(mail.at).toISOString() });
  button.append(
    element('strong', mail.subject),
    sent,
    element('span', mail.to),
    element('em', mail.tags.campaign ?? ''),
  );
  button.addEventListener('click', () => select(mail.id));
  const item = document.createElement('li');
  item.append(button);
  return item;
};

const render = () => {
  list.replaceChildren(...state.mails.map(row));
  count.textContent = `${state.total.toLocaleString()} ${state.total === 1 ? 'mail' : 'mails'}`;
  none.hidden = state.total > 0;
  more.hidden = state.mails.length >= state.total;
};

/** Looks again from the top; an answer that a later question overtook is dropped. */
const refresh = async () => {
  state.newest += 1;
  const asked = state.newest;
  const { mails, total } = await fetchPage(0);
  if (asked !== state.newest) return;
  Object.assign(state, { mails, total });
  render();
};

const showOlder = async () => {
  const { mails, total } = await fetchPage(state.mails.length);
  Object.assign(state, { mails: [...state.mails, ...mails], total });
  render();
};

const showTab = (name) => {
  for (const tab of tabs) {
    byId(`tab-${tab}`).setAttribute('aria-selected', String(tab === name));
    byId(`panel-${tab}`).hidden = tab !== name;
  }
};

const headerRow = ([name, value]) => {
  const line = document.createElement('tr');
  line.append(element('th', name, { scope: 'row' }), element('td', value));
  return line;
};

const select = async (id) => {
  state.selected = id;
  history.replaceState(null, '', `#${encodeURIComponent(id)}`);
  const answer = await fetch(`/inbox/mail/${encodeURIComponent(id)}`);
  if (!answer.ok || state.selected !== id) return;
  const mail = await answer.json();
  byId('subject').textContent = mail.subject;
  byId('from').textContent = mail.from;
  byId('to').textContent = mail.recipients.join(', ');
  byId('at').textContent = time.format(mail.at);
  byId('text').textContent = mail.text;
  byId('tags').replaceChildren(...Object.entries(mail.tags).map(([name, value]) => element('li', `${name}: ${value}`)));
  byId('headers').replaceChildren(...Object.entries(mail.headers).map(headerRow));
  byId('frame').src = `/inbox/mail/${encodeURIComponent(id)}/html`;
  byId('raw').href = `/_local/inbox/${encodeURIComponent(id)}/raw`;
  byId('tab-html').hidden = !mail.hasHtml;
  showTab(mail.hasHtml ? 'html' : 'text');
  article.hidden = false;
  render();
};

const close = () => {
  state.selected = '';
  article.hidden = true;
  history.replaceState(null, '', location.pathname);
  render();
};

/** Up and down move through the list, as a mail program does. */
const move = (event) => {
  if (event.target === search || !['ArrowDown', 'ArrowUp', 'j', 'k'].includes(event.key)) return;
  const at = state.mails.findIndex(({ id }) => id === state.selected);
  const next = state.mails[at + (['ArrowDown', 'j'].includes(event.key) ? 1 : -1)];
  if (next === undefined) return;
  event.preventDefault();
  void select(next.id);
};

for (const tab of tabs) byId(`tab-${tab}`).addEventListener('click', () => showTab(tab));
byId('back').addEventListener('click', close);
more.addEventListener('click', showOlder);
search.addEventListener('input', refresh);
document.addEventListener('keydown', move);
new EventSource('/inbox/events').addEventListener('message', refresh);
await refresh();
if (state.selected !== '') await select(state.selected);
