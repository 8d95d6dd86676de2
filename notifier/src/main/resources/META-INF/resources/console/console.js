// The console page: keeps the cards up to date and opens Meta for a reconnect.
//
// What is shown is always rendered by the server; this script only asks for it again. It holds the
// bearer it needs for actions in memory and nowhere else.

const body = document.body;
const language = document.documentElement.lang;

// ---- looking again -------------------------------------------------------------------------

const asScript = { 'X-Requested-With': 'JavaScript' };
const lookAgainEvery = 60_000;
let looking = null;
let lookOnceMore = false;

/** Shows the present state; calls during a look end in one more look. */
function look() {
  if (looking) {
    lookOnceMore = true;
    return looking;
  }
  looking = fetchCards().finally(() => {
    looking = null;
    if (lookOnceMore) {
      lookOnceMore = false;
      look();
    }
  });
  return looking;
}

async function fetchCards() {
  const answer = await fetch('/console/cards', { headers: asScript }).catch(() => null);
  if (answer === null) return;
  if (answer.status === 499 || answer.status === 401) {
    location.reload();
    return;
  }
  if (answer.ok) show(await answer.text());
}

function show(html) {
  const cards = document.getElementById('cards');
  const before = statuses(cards);
  const focused = document.activeElement?.dataset?.focus;
  const unfolded = [...cards.querySelectorAll('.card:has(details[open])')].map(card => card.id);
  const fresh = new DOMParser().parseFromString(html, 'text/html').body;
  cards.replaceChildren(...fresh.childNodes);
  unfolded.forEach(id => document.getElementById(id)?.querySelector('details')?.setAttribute('open', ''));
  if (focused) cards.querySelector(`[data-focus="${CSS.escape(focused)}"]`)?.focus();
  tellTimes();
  say(before, statuses(cards));
}

function statuses(cards) {
  return new Map([...cards.querySelectorAll('.card')].map(card => [card.id, card.dataset]));
}

/** Says aloud, to those who cannot see it, which connection fares differently now. */
function say(before, after) {
  const changed = [...after]
    .filter(([id, { status }]) => before.get(id)?.status !== status)
    .map(([, { name, status }]) => `${name}: ${status}`);
  if (changed.length > 0) document.getElementById('said').textContent = changed.join('. ');
}

// ---- times ---------------------------------------------------------------------------------

const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
const moment = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
const units = [['day', 86_400], ['hour', 3_600], ['minute', 60]];

function ago(date) {
  const seconds = Math.round((date - Date.now()) / 1000);
  const [unit, size] = units.find(([, size]) => Math.abs(seconds) >= size) ?? ['second', 1];
  return unit === 'second' ? relative.format(0, 'second') : relative.format(Math.trunc(seconds / size), unit);
}

function tellTimes() {
  document.querySelectorAll('time[data-form]').forEach(time => {
    const date = new Date(time.dateTime);
    time.textContent = time.dataset.form === 'day' ? day.format(date) : ago(date);
    time.title = moment.format(date);
  });
}

// ---- live ----------------------------------------------------------------------------------

function listen() {
  const stream = new EventSource('/notify/stream');
  stream.addEventListener('changed', look);
  stream.addEventListener('open', look);
  stream.addEventListener('error', () => {
    // refused for good, as when the session is over: the next look finds out and signs in again
    if (stream.readyState === EventSource.CLOSED) {
      look();
      setTimeout(listen, 5_000);
    }
  });
  addEventListener('pagehide', () => stream.close(), { once: true });
}

// ---- acting --------------------------------------------------------------------------------

let session = null;

/** A bearer that is good for half a minute more. */
async function bearer() {
  if (session && Date.parse(session.expiresAt) - Date.now() > 30_000) return session.bearer;
  const answer = await fetch('/notify/session', { headers: asScript });
  if (answer.status === 499 || answer.status === 401) location.reload();
  if (!answer.ok) throw new Error(body.dataset.failed);
  session = await answer.json();
  return session.bearer;
}

async function post(path, content) {
  const answer = await fetch(path, {
    method: 'POST',
    headers: { 'Authorization': `Bearer ${await bearer()}`, 'Content-Type': 'application/json' },
    body: content === undefined ? undefined : JSON.stringify(content),
  });
  if (answer.ok) return answer.json();
  const problem = await answer.json().catch(() => ({}));
  throw new Error(problem.detail ?? body.dataset.failed);
}

/** Opens Meta's dialog in a popup; in this window if popups are blocked. */
async function handOff(button) {
  const popup = open('', 'tokenwarden-handoff', 'popup,width=640,height=780');
  if (popup) popup.document.title = body.dataset.opening;
  button.disabled = true;
  try {
    const { url } = await post('/auth/handoffs', {
      workspaceId: button.dataset.workspace,
      connectionId: button.dataset.connection,
      returnTo: button.dataset.connection ? `/#connection-${button.dataset.connection}` : '/',
    });
    (popup ?? window).location.assign(url);
  } catch (problem) {
    popup?.close();
    toast(problem.message);
  } finally {
    button.disabled = false;
  }
}

async function markRead(button) {
  button.disabled = true;
  try {
    await post(`/notify/notifications/${button.dataset.read}/read`);
    await look();
  } catch (problem) {
    button.disabled = false;
    toast(problem.message);
  }
}

/** What the popup says when it comes back from Meta; a word, so never trusted beyond that. */
function heard({ source, status } = {}) {
  if (source !== 'tokenwarden') return;
  const said = `handoff-${status}`.replace(/[_-](\w)/g, (_, letter) => letter.toUpperCase());
  toast(body.dataset[said] ?? body.dataset.handoffNotIssued);
  look();
}

let toastEnds = null;

function toast(text) {
  const toast = document.getElementById('toast');
  toast.textContent = text;
  toast.hidden = false;
  clearTimeout(toastEnds);
  toastEnds = setTimeout(() => { toast.hidden = true; }, 8_000);
}

// ---- start ---------------------------------------------------------------------------------

document.addEventListener('click', event => {
  const button = event.target.closest('button');
  if (button?.dataset.handoff !== undefined) handOff(button);
  if (button?.dataset.read !== undefined) markRead(button);
});
addEventListener('message', event => {
  if (event.origin === location.origin) heard(event.data ?? {});
});
// the popup has no opener left if Meta's pages cut it off
new BroadcastChannel('tokenwarden').addEventListener('message', event => heard(event.data ?? {}));
document.addEventListener('visibilitychange', () => { if (!document.hidden) look(); });
setInterval(look, lookAgainEvery);
setInterval(tellTimes, 30_000);
tellTimes();
listen();
