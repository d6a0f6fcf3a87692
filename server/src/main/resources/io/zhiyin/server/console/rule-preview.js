// Lists as they are and as they would be, side by side.

import { WORDS } from './words-rules.js';
import { call, items } from './api.js';
import { card, h } from './dom.js';
import { into } from './state.js';
import { SCENARIOS } from './user-lists.js';
import { thing } from './item.js';
import { words } from './i18n.js';
import { shortly } from './said.js';

const t = words(WORDS);
const LENGTH = 8;
const SHOPPERS = 3;

/**
 * @param draft gives {rules, scenarios} as they would be saved
 * @param scenario shown first
 */
export function dryRun(draft, scenario, signal) {
  const choice = h('select', { id: 'try-scenario' }, SCENARIOS.map((s) => h('option', { value: s }, t(s))));
  choice.value = SCENARIOS.includes(scenario) ? scenario : SCENARIOS[0];
  const who = h('input', { id: 'try-users', spellcheck: 'false', placeholder: t('tryUsersFirst') });
  const host = h('div', { 'aria-live': 'polite' });
  const run = () => into(host, signal, () => compared(draft(), choice.value, who.value, signal), drawn);
  return card(
    t('tryTitle'),
    h('p', { class: 'hint' }, t('tryLead')),
    h('form', { class: 'tools', onsubmit: (e) => { e.preventDefault(); run(); } }, h('label', { for: 'try-scenario' }, t('scenario')), choice, h('label', { for: 'try-users' }, t('tryUsers')), who, h('button', { class: 'btn small main', 'data-act': 'try' }, t('try'))),
    host,
  );
}

async function compared(draft, scenario, named, signal) {
  const ids = named.split(/[\s,，]+/).filter(Boolean).slice(0, 6);
  const shoppers = ids.length ? ids : (await call(`/v1/shoppers/sample?n=${SHOPPERS}`, { signal })).shoppers.map((s) => s.userId);
  const page = (await call('/v1/items?n=1', { signal })).items[0]?.itemId;
  const ofItem = ['similar-items', 'bought-together'].includes(scenario);
  const common = { scenario, n: LENGTH, ...(ofItem && page ? { itemId: page } : {}) };
  const requests = [...shoppers.map((userId) => ({ userId, ...common })), { visitorId: 'somebody-new', ...common }];
  const { lists } = await call('/v1/rules:preview', { method: 'POST', body: { ...draft, requests }, signal });
  return { lists, known: await items(lists.flatMap((l) => [...l.before, ...l.after]), signal) };
}

const drawn = ({ lists, known }) => lists.map((list) => pair(list, known));

function pair(list, known) {
  const moved = new Map(list.changes.map((c) => [c.itemId, c]));
  const column = (title, ids, after) => h('div', {}, h('h4', {}, title), h('ol', { class: 'slate' }, ids.map((id) => h('li', { class: moved.has(id) ? 'moved' : '' }, thing(id, known.get(id)), mark(moved.get(id), after)))), !ids.length && h('p', { class: 'quiet' }, t('emptyList')));
  return h(
    'section',
    { class: 'compared' },
    h('h3', {}, list.shopper === 'somebody-new' ? t('stranger') : list.shopper, ' ', h('span', { class: `pill ${list.changes.length ? 'good' : ''}` }, t('changes', list.changes.length))),
    list.shortfalls.length > 0 && h('p', { class: 'warned' }, t('shortfalls', shortly(list.shortfalls))),
    h('div', { class: 'duo' }, column(t('before'), list.before, false), column(t('after'), list.after, true)),
  );
}

function mark(change, after) {
  if (!change || (after ? !change.to : change.to)) return null;
  const text = !after ? t('gone') : change.from ? `${change.from} → ${change.to}` : t('fresh');
  return h('span', { class: 'row tight' }, h('span', { class: `pill ${after ? 'good' : 'bad'}` }, text), change.rules.map((r) => h('span', { class: 'pill' }, r.rule)));
}
