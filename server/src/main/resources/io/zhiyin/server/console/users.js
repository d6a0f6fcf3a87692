// Users: who there is, and what is known of one.

import { WORDS } from './words-users.js';
import { call } from './api.js';
import { h } from './dom.js';
import { ago, number, time, words } from './i18n.js';
import { into } from './state.js';
import { table } from './table.js';

const t = words(WORDS);

export function page(main, route) {
  const host = h('section', { class: 'card' });
  main.replaceChildren(h('h1', {}, t('users')), h('p', { class: 'lead' }, t('lead')), host);
  return into(host, route.signal, () => call('/v1/shoppers/sample?n=50', { signal: route.signal }), (answer) => listing(answer.shoppers));
}

const listing = (shoppers) =>
  table(
    [
      { key: 'userId', label: t('user'), value: (s) => s.userId },
      { key: 'events', label: t('events'), value: (s) => s.events, cell: (s) => number(s.events), number: true },
      { key: 'lastSeen', label: t('lastSeen'), value: (s) => s.lastSeen, cell: (s) => h('time', { datetime: s.lastSeen, title: time(s.lastSeen) }, ago(s.lastSeen)) },
      { key: 'interests', label: t('interests'), value: (s) => s.interests.map((i) => i.category).join('; ') },
    ],
    shoppers,
    { caption: t('users'), file: 'users', none: t('noUsers') },
  );
