// Users: who there is, and the way to one of them.

import { WORDS } from './words-users.js';
import { ago, language, number, percent, time, words } from './i18n.js';
import { call, query } from './api.js';
import { h, settled } from './dom.js';
import { into } from './state.js';
import { link, note } from './pages.js';
import { table } from './table.js';
import { user } from './user.js';

const t = words(WORDS);
const PAGE = 100;

export function page(main, route) {
  return route.parts.length ? user(main, route, route.parts[0]) : listing(main, route);
}

function listing(main, route) {
  const { signal } = route;
  const known = h('section', { class: 'card' });
  const sample = h('div', {});
  const search = h('input', { type: 'search', id: 'prefix', autocomplete: 'off', spellcheck: 'false', placeholder: 'u1…', value: route.query.get('prefix') ?? '' });
  const find = () => {
    const prefix = search.value.trim();
    note(route, { prefix });
    return into(known, signal, () => call(`/v1/users${query({ prefix, n: PAGE })}`, { signal }), (answer) => [h('h2', {}, prefix ? t('found', prefix) : t('everybody')), people(answer, prefix, signal)]);
  };
  search.addEventListener('input', settled(find));
  const form = h('form', { class: 'row', role: 'search' }, h('label', { for: 'prefix' }, t('searchLabel')), search, h('button', { class: 'btn' }, t('open')));
  form.addEventListener('submit', (e) => {
    e.preventDefault();
    if (search.value.trim()) location.hash = link('users', [search.value.trim()]);
  });
  main.replaceChildren(h('h1', {}, t('users')), h('p', { class: 'lead' }, t('lead')), h('section', { class: 'card' }, form), h('section', { class: 'card' }, h('h2', {}, t('sample')), sample), known);
  return Promise.all([find(), into(sample, signal, () => call('/v1/shoppers/sample?n=6', { signal }), (answer) => examples(answer.shoppers))]);
}

/** A page of users; the next ones come at the end of the table. */
function people(answer, prefix, signal) {
  let rows = answer.users;
  let next = answer.next;
  const more = h('button', { class: 'btn', type: 'button' }, t('nextUsers', PAGE));
  more.hidden = !next;
  const whole = table(
    [
      { key: 'userId', label: t('user'), value: (u) => u.userId, cell: (u) => h('a', { href: link('users', [u.userId]) }, u.userId) },
      { key: 'events', label: t('events'), value: (u) => u.events, cell: (u) => number(u.events), number: true },
      { key: 'lastSeen', label: t('lastSeen'), value: (u) => u.lastSeen, cell: (u) => h('time', { datetime: u.lastSeen, title: time(u.lastSeen) }, ago(u.lastSeen)) },
    ],
    rows,
    { caption: t('users'), file: 'users', none: prefix ? t('noneFound', prefix) : t('noUsers') },
  );
  more.addEventListener('click', async () => {
    more.disabled = true;
    const page = await call(`/v1/users${query({ prefix, after: next, n: PAGE })}`, { signal });
    rows = [...rows, ...page.users];
    next = page.next;
    whole.update(rows);
    more.hidden = !next;
    more.disabled = false;
  });
  return h('div', {}, whole, more);
}

const nameOf = (interest) => interest[`name_${language()}`] ?? interest.category;

const examples = (shoppers) =>
  shoppers.length
    ? h('div', { class: 'tiles' }, shoppers.map((s) => h('a', { class: 'tile pick', href: link('users', [s.userId]) }, h('b', {}, s.userId), h('small', {}, t('eventsOf', number(s.events))), h('small', {}, s.interests.map((i) => `${nameOf(i)} ${percent(i.share)}`).join(' · ')))))
    : h('p', { class: 'quiet' }, t('noSample'));
