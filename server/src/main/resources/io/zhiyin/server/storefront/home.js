// The shop's first page and its categories.

import * as api from './api.js';
import * as shopper from './shopper.js';
import { Row } from './rows.js';
import { card } from './card.js';
import { h } from './dom.js';
import { failure, language, t, titleOf } from './i18n.js';

const FOR_YOU = 'foryou';
const SORTS = [['popular', 'sortPopular'], ['newest', 'sortNew'], ['price', 'sortCheap'], ['-price', 'sortDear']];
const PAGE = 24;
const ORDERED = 200;

/** All products, or those of one category, page by page. */
export function listing(category, title, forYou = false) {
  const sortsHere = forYou ? [[FOR_YOU, 'sortForYou'], ...SORTS] : SORTS;
  let sort = sortsHere[0][0];
  let offset = 0;
  const note = h('span', { class: 'quiet' });
  const plain = h('div', { class: 'grid' });
  let grid = plain;
  let row = null;
  const more = h('div', { class: 'more' });
  const sorts = h('div', { class: 'sorts', role: 'group' });
  const el = h('section', { class: 'row', 'data-listing': category || 'all' }, h('header', {}, h('h2', {}, title), note, sorts), plain, more);

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
      if (!page.total) grid.replaceChildren(category ? h('p', { class: 'quiet' }, t('noItems')) : h('div', { class: 'empty' }, h('p', {}, t('emptyShop')), h('a', { class: 'btn', href: '/console#/data/imports' }, t('fillShop'))));
    } catch (e) {
      grid.replaceChildren(h('div', { class: 'empty err', role: 'alert' }, failure(e), h('button', { class: 'btn', onclick: load }, t('again'))));
    }
  };
  // the shopper's own order: the category's most popular, put in order by the recommender
  const loadForYou = async () => {
    let n = PAGE;
    let ids = null;
    row = new Row('search-rerank', {
      layout: 'grid', title, n: PAGE, keepsEmpty: true,
      ask: async (params) => {
        if (!ids) {
          const page = await api.listing({ category, sort: 'popular', n: ORDERED });
          api.keep(page.items);
          ids = page.items.map((item) => item.itemId);
          note.textContent = t('items', page.total);
        }
        return ids.length ? api.inOrder(ids, { ...params, n }) : { items: [], recommendationId: '' };
      },
      onanswer: () => more.replaceChildren(n < (ids?.length ?? 0) ? h('button', { class: 'btn', onclick: () => { n = Math.min(n + PAGE, ids.length); row.refresh(); } }, t('more')) : ''),
    });
    row.el.querySelector('header').remove();
    row.el.classList.remove('row');
    grid.replaceWith(row.el);
    grid = row.el;
    await row.refresh();
  };
  const choose = (value) => {
    sort = value;
    offset = 0;
    sorts.replaceChildren(...sortsHere.map(([v, word]) => h('button', { class: 'chip', 'aria-current': v === sort && 'true', onclick: () => choose(v) }, t(word))));
    row?.retire();
    row = null;
    if (sort === FOR_YOU) return loadForYou();
    if (grid !== plain) grid.replaceWith(plain);
    grid = plain;
    return load();
  };
  choose(sort);
  return el;
}

export function home(main) {
  const { name } = shopper.self();
  const feed = new Row('home-feed', { layout: 'grid', n: 12, keepsEmpty: true });
  const seen = new Row('recently-viewed', { title: t('continue'), n: 12 });
  const because = new Row('similar-items', { title: t('because', ''), params: () => lastSeen(because) });
  const rows = [feed, seen, because, new Row('trending'), new Row('new-arrivals')];
  main.append(
    h('div', { class: 'hello' }, h('div', {}, h('h1', {}, name ? t('hello', name) : t('helloGuest')), h('p', {}, t('lead')))),
    feed.el,
  );
  // the rows below are shown together, once it is known which of them there are: nothing jumps
  feed.refresh();
  const below = rows.slice(1).map((row) => row.refresh());
  Promise.allSettled(below).then(() => {
    if (feed.el.isConnected) main.append(...rows.slice(1).map((row) => row.el), listing('', t('products')));
  });
}

/** The page's item of "because you viewed X": the last one that was opened. */
async function lastSeen(row) {
  const { items } = await api.recommend('recently-viewed', { ...shopper.ids(), n: 1, lang: language() });
  if (!items.length) return null;
  const [item] = await api.items([items[0].itemId]);
  row.retitle(t('because', item ? titleOf(item) : items[0].itemId));
  return { itemId: items[0].itemId };
}

export function category(main, path, name) {
  main.append(h('div', { class: 'hello' }, h('h1', {}, name)), listing(path, t('products'), true));
  shopper.browsed(path, name);
}
