// Items: found by id or title, one of them with its neighbours, and what is wrong in the catalogue.

import { WORDS } from './words-items.js';
import { call, query } from './api.js';
import { h, settled } from './dom.js';
import { into } from './state.js';
import { link, note } from './pages.js';
import { money, number, percent, titleOf, words } from './i18n.js';
import { oneItem } from './item-page.js';
import { table } from './table.js';
import { thing } from './item.js';

const t = words(WORDS);
const PAGE = 100;

export function page(main, route) {
  return route.parts.length ? oneItem(main, route, route.parts[0]) : listing(main, route);
}

function listing(main, route) {
  const { signal } = route;
  const found = h('section', { class: 'card' });
  const quality = h('section', { class: 'card' });
  const search = h('input', { type: 'search', id: 'find', autocomplete: 'off', spellcheck: 'false', value: route.query.get('q') ?? '' });
  const find = () => {
    const q = search.value.trim();
    note(route, { q });
    return into(found, signal, () => call(`/v1/items:find${query({ q, n: PAGE })}`, { signal }), (answer) => [h('h2', {}, q ? t('found', number(answer.total), q) : t('popular', number(answer.total))), items(answer.items, q)]);
  };
  search.addEventListener('input', settled(find));
  main.replaceChildren(h('h1', {}, t('items')), h('p', { class: 'lead' }, t('lead')), h('section', { class: 'card' }, h('div', { class: 'row', role: 'search' }, h('label', { for: 'find' }, t('searchLabel')), search)), found, quality);
  return Promise.all([find(), into(quality, signal, () => call('/v1/items:quality', { signal }), faults)]);
}

const items = (rows, q) =>
  table(
    [
      { key: 'item', label: t('item'), value: (r) => titleOf(r.item), cell: (r) => h('a', { class: 'plain', href: link('items', [r.item.itemId]) }, thing(r.item.itemId, r.item)) },
      { key: 'price', label: t('price'), value: (r) => r.item.price, cell: (r) => money(r.item.price, r.item.currency), number: true },
      { key: 'stock', label: t('stock'), value: (r) => r.item.stock, cell: (r) => (r.item.stock === undefined ? '–' : number(r.item.stock)), number: true },
      { key: 'showable', label: t('state'), value: (r) => t(r.showable ? 'shown' : 'hidden'), cell: (r) => h('span', { class: `pill ${r.showable ? 'good' : 'bad'}` }, t(r.showable ? 'shown' : 'hidden')) },
      { key: 'popularity', label: t('popularity'), value: (r) => r.popularity, cell: (r) => number(r.popularity, 1), number: true },
      { key: 'impressions', label: t('impressions'), value: (r) => r.impressions, cell: (r) => number(r.impressions), number: true },
      { key: 'clicks', label: t('clicks'), value: (r) => r.clicks, cell: (r) => number(r.clicks), number: true },
      { key: 'rate', label: t('rate'), value: (r) => (r.impressions ? r.clicks / r.impressions : undefined), cell: (r) => (r.impressions ? percent(r.clicks / r.impressions, 1) : '–'), number: true },
    ],
    rows,
    { caption: t('items'), filter: false, file: 'items', none: q ? t('noneFound', q) : t('noItems') },
  );

function faults(quality) {
  return [
    h('h2', {}, t('quality')),
    h('p', { class: 'hint' }, t('qualityLead', number(quality.items))),
    h(
      'ul',
      { class: 'faults' },
      quality.faults.map((f) =>
        h(
          'li',
          { 'data-fault': f.fault },
          h('details', {}, h('summary', {}, h('span', { class: `pill ${f.count ? 'warned' : 'good'}` }, number(f.count)), ' ', t(`fault.${f.fault}`), ' ', h('span', { class: 'quiet' }, quality.items ? percent(f.count / quality.items, 1) : '')), f.count > 0 && h('p', { class: 'row tight' }, f.examples.map((id) => h('a', { class: 'text', href: link('items', [id]) }, id)), f.count > f.examples.length && h('span', { class: 'quiet' }, t('andMore', number(f.count - f.examples.length))))),
        ),
      ),
    ),
  ];
}
