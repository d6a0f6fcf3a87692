// What happened, the newest first, and what comes in as it comes. The table has its roles written
// out: on a phone its rows are laid out otherwise, and would lose them.

import { WORDS } from './words-data.js';
import { ago, number, time, words } from './i18n.js';
import { call, items, query } from './api.js';
import { card, dialog, h, settled, tell } from './dom.js';
import { empty, into } from './state.js';
import { link, note } from './pages.js';
import { listen } from './live.js';
import { categoryNames, thing } from './item.js';

const t = words(WORDS);
const PAGE = 50;
const MOST = 500;

export async function part(host, route) {
  const { signal } = route;
  const [{ events: kinds }, nameOf] = await Promise.all([call('/v1/schema', { signal }), categoryNames(signal)]);
  const shopper = box('shopper', route);
  const item = box('itemId', route);
  const kind = h('select', { id: 'kind' }, h('option', { value: '' }, t('anyKind')), [...kinds.map((k) => k.eventType), 'item-put', 'item-patch', 'item-delete'].map((k) => h('option', { value: k }, t(`event.${k}`))));
  kind.value = route.query.get('kind') ?? '';
  const live = h('input', { type: 'checkbox', id: 'live', checked: true });
  const rows = h('div', {});
  const state = h('span', { class: 'pill', 'data-live': 'false', 'aria-live': 'polite' }, t('waits'));
  const wanted = () => ({ shopper: shopper.value.trim(), itemId: item.value.trim(), kind: kind.value });
  let shown = [];
  let newest;
  let next;
  let busy = false;
  let round = 0;

  const draw = async () => {
    const known = await items(shown.flatMap((e) => (e.event.items ?? []).slice(0, 1).map((i) => i.itemId)), signal);
    return [list(shown, known, nameOf), next !== undefined && h('button', { class: 'btn', type: 'button', 'data-act': 'older', onclick: older }, t('older'))];
  };

  const begin = () => {
    round += 1;
    note(route, wanted());
    return into(rows, signal, async () => {
      const mine = round;
      const page = await call(`/v1/events${query({ ...wanted(), n: PAGE })}`, { signal });
      if (mine !== round) throw new DOMException('', 'AbortError');
      shown = page.events;
      newest = page.end - 1;
      next = page.next;
      return draw();
    }, (drawn) => drawn);
  };

  async function older() {
    const mine = round;
    const page = await call(`/v1/events${query({ ...wanted(), n: PAGE, before: next })}`, { signal });
    if (mine !== round) return;
    if (!page.events.length && page.next !== undefined) tell(t('lookedBack', number(next - page.next)));
    shown = [...shown, ...page.events];
    next = page.next;
    rows.replaceChildren(...(await draw()).filter(Boolean));
  }

  /** What came since the last look; asked only when the server said that something came. */
  async function newer() {
    if (busy || newest === undefined || !live.checked) return;
    busy = true;
    const mine = round;
    try {
      const page = await call(`/v1/events${query({ ...wanted(), n: 200, after: newest < 0 ? undefined : newest })}`, { signal });
      if (mine !== round) return;
      newest = page.end - 1;
      if (page.events.length) {
        shown = [...page.events, ...shown].slice(0, MOST);
        rows.replaceChildren(...(await draw()).filter(Boolean));
      }
    } catch (e) {
      if (!signal.aborted && !(e instanceof TypeError) && !e.status) throw e;
    } finally {
      busy = false;
    }
  }

  shopper.addEventListener('input', settled(begin, 300));
  item.addEventListener('input', settled(begin, 300));
  kind.addEventListener('change', begin);
  host.replaceChildren(card(t('part.stream'), h('p', { class: 'hint' }, t('streamLead')), h('div', { class: 'tools' }, h('label', { for: 'kind' }, t('kind')), kind, h('label', { for: 'shopper' }, t('shopper')), shopper, h('label', { for: 'itemId' }, t('item')), item, h('span', { class: 'row' }, live, h('label', { for: 'live' }, t('live'))), state), rows));
  listen(
    signal,
    (now) => {
      state.className = 'pill good';
      state.dataset.live = 'true';
      state.textContent = t('perSecond', number(now.eventsPerSecond, 1));
      if (now.events - 1 > newest) newer(); // not before the first page is there
    },
    () => {
      state.className = 'pill bad';
      state.dataset.live = 'false';
      state.textContent = t('lost');
    },
  );
  await begin();
}

function box(name, route) {
  return h('input', { id: name, type: 'search', autocomplete: 'off', spellcheck: 'false', value: route.query.get(name) ?? '', placeholder: t(`${name}Hint`) });
}

function list(shown, known, nameOf) {
  if (!shown.length) return empty(t('noEvents'), t('noEventsLead'));
  return h(
    'div',
    { class: 'wide', role: 'region', tabindex: 0, 'aria-label': t('part.stream') },
    h(
      'table',
      { class: 'stream', role: 'table' },
      h('caption', { class: 'visually-hidden' }, t('part.stream')),
      h('thead', { role: 'rowgroup' }, h('tr', { role: 'row' }, [t('when'), t('shopper'), t('what'), t('item'), ''].map((c) => h('th', { scope: 'col', role: 'columnheader' }, c)))),
      h('tbody', { role: 'rowgroup' }, shown.map((e) => row(e, known, nameOf))),
    ),
  );
}

const cell = (...children) => h('td', { role: 'cell' }, ...children);

function row({ offset, event }, known, nameOf) {
  const lines = event.items ?? [];
  const first = lines[0]?.itemId ?? event.itemId;
  const about = first ? h('span', {}, thing(first, known.get(first)), lines.length > 1 && h('small', { class: 'quiet' }, t('andMore', lines.length - 1))) : event.query ?? event.category?.split(' > ').map(nameOf).join(' › ') ?? '–';
  const who = event.userId ?? event.visitorId;
  return h(
    'tr',
    { 'data-offset': offset, role: 'row' },
    cell(h('time', { datetime: event.eventTime, title: time(event.eventTime) }, ago(event.eventTime))),
    cell(event.userId ? h('a', { href: link('users', [who]) }, who) : who ? h('span', { title: who }, t('visitor', who.slice(0, 10))) : '–'),
    cell(h('span', { class: `pill ${event.eventType === 'purchase-complete' ? 'good' : ''}` }, t(`event.${event.eventType}`)), event.scenario && h('small', { class: 'block' }, t(event.scenario))),
    cell(about),
    cell(h('button', { class: 'btn small', type: 'button', 'aria-label': t('wholeOf', offset), onclick: () => dialog(t('wholeOf', offset), t('close'), h('pre', { tabindex: 0 }, JSON.stringify(event, null, 2))) }, t('whole'))),
  );
}
