// One user: what is known as pictures, the lists of this moment, and why.

import { WORDS } from './words-users.js';
import { ago, language, money, number, time, words } from './i18n.js';
import { bands, heat, interests } from './user-pictures.js';
import { call, items } from './api.js';
import { card, h } from './dom.js';
import { categoryNames, thing } from './item.js';
import { into } from './state.js';
import { link } from './pages.js';
import { lists } from './user-lists.js';
import { table } from './table.js';

const t = words(WORDS);
const NEWEST = 100;

export function user(main, route, id) {
  const { signal } = route;
  const host = h('div', {});
  main.replaceChildren(h('p', { class: 'crumbs' }, h('a', { class: 'text', href: link('users') }, t('users'))), h('h1', {}, id), host);
  const path = `/v1/users/${encodeURIComponent(id)}`;
  const work = async () => {
    const [profile, history, nameOf] = await Promise.all([call(`${path}/profile?lang=${language()}`, { signal }), call(`${path}/history?n=2000`, { signal }), categoryNames(signal)]);
    const newest = history.entries.slice(0, NEWEST);
    const known = await items(newest.map((e) => e.itemId), signal);
    return { profile, history, nameOf, newest, known };
  };
  return into(host, signal, work, (found) => whole(id, route, found));
}

function whole(id, route, { profile, history, nameOf, newest, known }) {
  const tile = (name, value, more) => h('div', { class: 'tile' }, h('div', { class: 'name' }, name), h('div', { class: 'value' }, value), more && h('small', {}, more));
  const power = profile.spendingPower;
  return [
    h('p', { class: 'lead' }, profile.summary),
    h(
      'div',
      { class: 'tiles' },
      tile(t('lastSeen'), ago(profile.lastSeen), time(profile.lastSeen)),
      tile(t('events'), number(profile.eventCount), t(`activity.${profile.activity}`)),
      tile(t('purchases'), number(profile.purchases)),
      tile(t('spending'), power ? t('percentile', Math.round(100 * power.percentile)) : '–', power ? t('fromLines', power.lines) : t('tooLittle')),
      tile(t('session'), profile.session.active ? t('here') : t('away'), t('steps', profile.session.steps)),
    ),
    lists(id, route, newest.map((e) => e.itemId), known),
    h('div', { class: 'cols' }, interests(t('categories'), topLevel(profile.interests.categories), (i) => nameOf(i.name)), interests(t('brands'), profile.interests.brands, (i) => i[`name_${language()}`] ?? i.name), bands(profile.interests.priceBands)),
    heat(history),
    card(t('timeline'), timeline(newest, known, history.total)),
  ];
}

const topLevel = (categories) => categories.filter((i) => i.level === Math.min(...categories.map((c) => c.level)));

const timeline = (entries, known, total) =>
  h(
    'div',
    {},
    h('p', { class: 'hint' }, t('timelineLead', number(Math.min(entries.length, NEWEST)), number(total))),
    table(
      [
        { key: 'at', label: t('when'), value: (e) => e.eventTime, cell: (e) => h('time', { datetime: e.eventTime, title: ago(e.eventTime) }, time(e.eventTime)) },
        { key: 'kind', label: t('what'), value: (e) => t(`event.${e.eventType}`), cell: (e) => h('span', { class: `pill ${e.eventType === 'purchase-complete' ? 'good' : ''}` }, t(`event.${e.eventType}`)) },
        { key: 'item', label: t('item'), value: (e) => e.itemId, cell: (e) => thing(e.itemId, known.get(e.itemId)) },
        { key: 'price', label: t('price'), value: (e) => e.price, cell: (e) => money(e.price, known.get(e.itemId)?.currency), number: true },
      ],
      entries,
      { caption: t('timeline'), file: 'timeline', none: t('noEvents') },
    ),
  );
