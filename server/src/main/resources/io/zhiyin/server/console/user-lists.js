// The lists that a user would get now, how each item came to its place, and why another is not there.

import { WORDS } from './words-users.js';
import { call, items, query } from './api.js';
import { card, h } from './dom.js';
import { failed, into } from './state.js';
import { language, number, titleOf, words } from './i18n.js';
import { note } from './pages.js';
import { table } from './table.js';
import { thing } from './item.js';
import { shortly } from './said.js';

const t = words(WORDS);

/** The scenarios that need no more than a shopper and a page; a search's order has its own page. */
export const SCENARIOS = ['home-feed', 'similar-items', 'bought-together', 'cart', 'trending', 'new-arrivals', 'recently-viewed'];
const OF_AN_ITEM = ['similar-items', 'bought-together'];
const LENGTH = 12;

/**
 * @param recent ids of the user's newest items, newest first; the page's item where one is needed
 * @param known their documents
 */
export function lists(userId, route, recent, known) {
  const asked = route.query.get('scenario');
  const choice = h('select', { id: 'scenario' }, SCENARIOS.map((s) => h('option', { value: s }, t(s))));
  choice.value = SCENARIOS.includes(asked) ? asked : SCENARIOS[0];
  const page = h('select', { id: 'page-item' }, [...new Set(recent)].slice(0, 30).map((id) => h('option', { value: id }, known.has(id) ? `${titleOf(known.get(id))} (${id})` : id)));
  const pageField = h('span', { class: 'row' }, h('label', { for: 'page-item' }, t('pageItem')), page);
  const host = h('div', {});
  const draw = () => {
    pageField.hidden = !OF_AN_ITEM.includes(choice.value);
    note(route, { scenario: choice.value });
    const wish = { userId, n: LENGTH, itemId: pageField.hidden || !page.value ? undefined : page.value };
    return into(host, route.signal, () => made(choice.value, wish, route.signal), (list) => shown(list, route.signal));
  };
  choice.addEventListener('change', draw);
  page.addEventListener('change', draw);
  draw();
  return card(t('now'), h('p', { class: 'hint' }, t('nowLead')), h('div', { class: 'tools' }, h('label', { for: 'scenario' }, t('scenario')), choice, pageField, h('button', { class: 'btn small', type: 'button', onclick: draw }, t('anew'))), host);
}

async function made(scenario, body, signal) {
  const list = await call(`/v1/recommendations/${scenario}:preview`, { method: 'POST', body, signal });
  const [trace, known] = await Promise.all([call(`/v1/explanations/${list.recommendationId}${query({ lang: language() })}`, { signal }), items(list.items.map((i) => i.itemId), signal)]);
  return { trace, known };
}

function shown({ trace, known }, signal) {
  const micros = Object.values(trace.stageMicros).reduce((a, b) => a + b, 0);
  const rows = table(
    [
      { key: 'position', label: '#', value: (i) => i.position, number: true },
      { key: 'item', label: t('item'), value: (i) => i.itemId, cell: (i) => thing(i.itemId, known.get(i.itemId)) },
      { key: 'score', label: t('score'), value: (i) => i.score, cell: (i) => number(i.score, 3), number: true },
      { key: 'sources', label: t('sources'), value: (i) => i.sources.join(' '), cell: sources },
      { key: 'parts', label: t('parts'), value: (i) => strongest(i)[0]?.[0] ?? '', cell: parts },
      { key: 'moves', label: t('moves'), value: (i) => (i.rank ? i.rank - i.position : 0), cell: moves },
      { key: 'why', label: t('why'), value: (i) => i.reasons.map((r) => r.text).join(' '), cell: (i) => i.reasons[0]?.text ?? h('span', { class: 'quiet' }, t('noReason')) },
    ],
    trace.items,
    { caption: t('now'), sort: { key: 'position', down: false }, filter: false, file: trace.scenario, none: t('noList') },
  );
  return [
    rows,
    h('p', { class: 'hint' }, t('madeBy', trace.model, number(micros / 1000, 1)), trace.degraded.length > 0 && ` ${t('degraded', shortly(trace.degraded))}`, trace.ruleShortfalls && ` ${t('shortfalls', shortly(trace.ruleShortfalls))}`),
    whyNot(trace.recommendationId, signal),
  ];
}

const sources = (item) => h('span', { class: 'row tight' }, item.sources.length ? item.sources.map((s) => h('span', { class: 'pill' }, t(`source.${s}`))) : h('span', { class: 'quiet' }, t('filled')));

const strongest = (item) => Object.entries(item.lifts).filter(([, lift]) => Math.abs(lift) > 0.005).sort((a, b) => Math.abs(b[1]) - Math.abs(a[1]));

/** What each kind of evidence added to the score above the candidates' average, as small bars. */
function parts(item) {
  const all = strongest(item).slice(0, 4);
  const most = Math.max(...all.map(([, lift]) => Math.abs(lift)));
  return h(
    'ul',
    { class: 'parts' },
    all.map(([kind, lift]) => {
      const bar = h('i', { class: lift < 0 ? 'less' : '' });
      bar.style.width = `${Math.max(4, Math.round((56 * Math.abs(lift)) / most))}px`;
      return h('li', {}, h('span', {}, t(`source.${kind}`)), bar, h('span', { class: 'number' }, `${lift > 0 ? '+' : ''}${number(lift, 2)}`));
    }),
    Object.entries(item.foretold ?? {}).map(([what, chance]) => h('li', { 'data-foretold': what }, h('span', {}, t(`foretold.${what}`)), h('span', { class: 'number' }, `${number(100 * chance, 1)} %`))),
  );
}

function moves(item) {
  const moved = item.rank && item.rank !== item.position;
  return h(
    'span',
    {},
    !item.rank && h('span', { class: 'quiet' }, t('notScored')),
    item.rank > 0 && (moved ? t('movedFrom', item.rank, item.position) : h('span', { class: 'quiet' }, t('stayed'))),
    (item.rules ?? []).map((r) => h('small', { class: 'block' }, h('span', { class: 'pill good' }, r.rule), ` ${t(`did.${r.action}`)} ${r.from} → ${r.to}`)),
  );
}

function whyNot(recommendationId, signal) {
  const field = h('input', { id: 'why-item', autocomplete: 'off', spellcheck: 'false', placeholder: t('itemId'), required: true });
  const answer = h('div', { class: 'answer', 'aria-live': 'polite' });
  const form = h('form', { class: 'tools' }, h('label', { for: 'why-item' }, t('whyNot')), field, h('button', { class: 'btn small' }, t('ask')));
  form.addEventListener('submit', async (e) => {
    e.preventDefault();
    const itemId = field.value.trim();
    try {
      const [fate, known] = await Promise.all([call(`/v1/explanations/${recommendationId}${query({ itemId, lang: language() })}`, { signal }), items([itemId], signal)]);
      answer.replaceChildren(thing(itemId, known.get(itemId)), h('p', { 'data-code': fate.code }, h('span', { class: `pill ${fate.shown ? 'good' : 'bad'}` }, t(`fate.${fate.code}`)), ' ', fate.text), ...(fate.shown ? [parts(fate)] : []));
    } catch (error) {
      if (!signal.aborted) answer.replaceChildren(failed(error));
    }
  });
  return h('section', { class: 'whynot' }, h('h3', {}, t('whyNotTitle')), h('p', { class: 'hint' }, t('whyNotLead')), form, answer);
}
