// What the doors take, as the server finds out by asking them.

import { WORDS } from './words-data.js';
import { call } from './api.js';
import { card, h } from './dom.js';
import { into } from './state.js';
import { table } from './table.js';
import { words } from './i18n.js';

const t = words(WORDS);

export function part(host, { signal }) {
  return into(host, signal, () => call('/v1/schema', { signal }), (schema) => [
    card(t('eventKinds'), h('p', { class: 'hint' }, t('schemaLead')), h('div', { class: 'kinds' }, schema.events.map(kind))),
    card(t('eventItem'), h('p', { class: 'hint' }, t('eventItemLead')), fields(schema.eventItem, t('eventItem'), 'event-item')),
    card(t('itemFields'), h('p', { class: 'hint' }, t('itemFieldsLead')), fields(schema.item, t('itemFields'), 'item')),
  ]);
}

function kind(k) {
  const must = [...k.fields.filter((f) => f.required).map((f) => f.field), ...(k.either.length ? [k.either.join(t('or'))] : [])];
  return h(
    'details',
    { class: 'rule' },
    h('summary', {}, h('span', { class: 'ruletitle' }, h('code', {}, k.eventType), h('b', {}, t(`event.${k.eventType}`)), h('span', { class: 'quiet' }, t('needs', must.join(', '))))),
    k.words.length > 0 && h('p', { class: 'hint' }, t('alsoCalled', k.words.join(' · '))),
    fields(k.fields, k.eventType, k.eventType),
  );
}

const fields = (rows, caption, file) =>
  table(
    [
      { key: 'field', label: t('field'), value: (f) => f.field, cell: (f) => h('code', {}, f.field) },
      { key: 'type', label: t('type'), value: (f) => t(`type.${f.type}`) },
      { key: 'required', label: t('required'), value: (f) => (f.required ? t('yes') : t('no')), cell: (f) => h('span', { class: `pill ${f.required ? 'good' : ''}` }, f.required ? t('yes') : t('no')) },
      { key: 'example', label: t('example'), value: (f) => JSON.stringify(f.example), cell: (f) => h('code', {}, JSON.stringify(f.example)) },
    ],
    rows,
    { caption, file: `schema-${file}`, filter: false },
  );
