// The shop's first page and its categories.

import * as api from './api.js';
import * as shopper from './shopper.js';
import { Row } from './rows.js';
import { card } from './card.js';
import { h } from './dom.js';
import { t } from './i18n.js';

const SORTS = [['popular', 'sortPopular'], ['newest', 'sortNew'], ['price', 'sortCheap'], ['-price', 'sortDear']];
const PAGE = 24;

/** All products, or those of one category, page by page. */
export function listing(category, title) {
  let sort = SORTS[0][0];
  let offset = 0;
  const note = h('span', { class: 'quiet' });
  const grid = h('div', { class: 'grid' });
  const more = h('div', { class: 'more' });
  const sorts = h('div', { class: 'sorts', role: 'group' });
  const el = h('section', { class: 'row', 'data-listing': category || 'all' }, h('header', {}, h('h2', {}, title), note, sorts), grid, more);

  const load = async () => {
    if (offset === 0) grid.replaceChildren(...Array.from({ length: 8 }, () => h('div', { class: 'bone' })));
    try {
      const page = await api.listing({ category, sort, offset, n: PAGE });
      api.keep(page.items);
      if (offset === 0) grid.replaceChildren();
      grid.append(...page.items.map((item) => card(item)));
      offset += page.items.length;
      note.textContent = t('items', page.total);
      more.replaceChildren(offset < page.total ? h('button', { class: 'btn', onclick: load }, t('more')) : '');
      if (!page.total) grid.replaceChildren(h('p', { class: 'quiet' }, t('noItems')));
    } catch (e) {
      grid.replaceChildren(h('div', { class: 'empty err', role: 'alert' }, `${t('failed')} ${e.message}`, h('button', { class: 'btn', onclick: load }, t('again'))));
    }
  };
  const choose = (value) => {
    sort = value;
    offset = 0;
    sorts.replaceChildren(...SORTS.map(([v, word]) => h('button', { class: 'chip', 'aria-current': v === sort && 'page', onclick: () => choose(v) }, t(word))));
    return load();
  };
  choose(sort);
  return el;
}

export function home(main) {
  const { name } = shopper.self();
  const rows = [
    new Row('home-feed', { layout: 'grid', n: 12, keepsEmpty: true }),
    new Row('recently-viewed', { n: 12 }),
    new Row('trending'),
    new Row('new-arrivals'),
  ];
  main.append(
    h('div', { class: 'hello' }, h('div', {}, h('h1', {}, name ? t('hello', name) : t('helloGuest')), h('p', {}, t('lead')))),
    ...rows.map((row) => row.el),
    listing('', t('products')),
  );
  rows.forEach((row) => row.refresh());
}

export function category(main, path, name) {
  const feed = new Row('home-feed', { n: 14, params: () => ({ filter: `categories.exists(c, c.startsWith(${JSON.stringify(path)}))` }) });
  main.append(h('div', { class: 'hello' }, h('h1', {}, name)), feed.el, listing(path, t('products')));
  shopper.browsed(path, name).then(() => feed.answer || feed.refresh());
}
