// System: how each part is, what it uses, who holds keys, and who changed what.

import { WORDS } from './words-system.js';
import { ago, bytes, duration, number, percent, time, words } from './i18n.js';
import { call } from './api.js';
import { card, h, icon } from './dom.js';
import { into } from './state.js';
import { backups } from './system-backups.js';
import { table } from './table.js';

const t = words(WORDS);
const EVERY = 10_000;

export function page(main, route) {
  const { signal } = route;
  const host = h('div', {});
  const log = h('section', { class: 'card' });
  const kept = h('section', { class: 'card' });
  main.replaceChildren(h('h1', {}, t('system')), h('p', { class: 'lead' }, t('lead')), host, kept, log);
  const read = () => call('/v1/system', { signal });
  const timer = setInterval(async () => {
    const now = await read().catch(() => null);
    if (now && !signal.aborted) host.replaceChildren(...parts(now));
  }, EVERY);
  signal.addEventListener('abort', () => clearInterval(timer));
  return Promise.all([backups(kept, signal), into(host, signal, read, parts), into(log, signal, () => call('/v1/audit?n=500', { signal }), audit)]);
}

function parts(now) {
  return [
    card(t('health'), h('ul', { class: 'health' }, now.parts.map((p) => h('li', { 'data-part': p.part }, icon(p.state === 'good' ? 'good' : 'warn'), h('b', {}, t(p.part)), h('span', { class: `pill ${p.state === 'good' ? 'good' : 'warned'}` }, p.why ? t(p.why) : t(p.state)))))),
    card(
      t('uses'),
      h('dl', { class: 'tiles' }, tile(t('memory'), bytes(now.memory.heapUsedBytes), t('of', bytes(now.memory.heapMaxBytes))), tile(t('disk'), bytes(now.disk.freeBytes), t('freeOf', bytes(now.disk.totalBytes), percent(now.disk.freeBytes / now.disk.totalBytes))), tile(t('uptime'), duration(now.uptimeSeconds), `Java ${now.java}`), tile(t('processors'), number(now.processors), '')),
      h('dl', { class: 'tiles' }, Object.entries(now.queues).map(([name, n]) => tile(t(name), number(n), ''))),
      h('dl', { class: 'tiles' }, tile(t('shop'), now.shop.shop, now.shop.model || t('none')), tile(t('events'), number(now.shop.events), ''), tile(t('items'), number(now.shop.items), ''), tile(t('shoppersKnown'), number(now.shop.shoppers), '')),
    ),
    card(
      t('keys'),
      h('p', { class: 'quiet' }, t('keysLead')),
      table(
        [
          { key: 'id', label: t('id'), value: (k) => k.id, cell: (k) => h('code', {}, k.id) },
          { key: 'role', label: t('role'), value: (k) => k.role },
          { key: 'createdAt', label: t('created'), value: (k) => k.createdAt, cell: (k) => time(k.createdAt) },
        ],
        now.keys,
        { caption: t('keys'), file: 'keys', filter: false, none: t('noKeys') },
      ),
    ),
  ];
}

const tile = (label, value, more) => h('div', { class: 'tile' }, h('dt', {}, label), h('dd', {}, value), more && h('dd', { class: 'aside' }, h('small', {}, more)));

function audit(answer) {
  return [
    h('h2', {}, t('audit')),
    h('p', { class: 'quiet' }, t('auditLead')),
    answer.damagedLines > 0 && h('p', { class: 'alert bad' }, icon('warn'), t('damaged', answer.damagedLines)),
    table(
      [
        { key: 'time', label: t('when'), value: (e) => e.time, cell: (e) => h('time', { datetime: e.time, title: time(e.time) }, ago(e.time)) },
        { key: 'who', label: t('who'), value: (e) => e.who, cell: (e) => (WORDS.en[`by.${e.who}`] ? t(`by.${e.who}`) : h('code', {}, e.who)) },
        { key: 'what', label: t('what'), value: (e) => t(e.what) },
        { key: 'details', label: t('details'), value: (e) => Object.entries(e.details).filter(([, v]) => v !== '').map(([k, v]) => `${t(`d.${k}`)} ${WORDS.en[`v.${v}`] ? t(`v.${v}`) : v}`).join('; ') },
      ],
      answer.entries,
      { caption: t('audit'), file: 'audit', sort: { key: 'time', down: true }, none: t('noChanges') },
    ),
  ];
}
