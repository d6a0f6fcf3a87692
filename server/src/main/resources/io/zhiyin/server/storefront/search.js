// The search box in the header, and the page of what was found.

import * as api from './api.js';
import * as shopper from './shopper.js';
import { h, icon } from './dom.js';
import { language, t } from './i18n.js';
import { Row } from './rows.js';

const PAGE = 24;
const PATIENCE = 600;
const MOST = 200;

/** The address of a search. */
export function address(q, narrowed = {}) {
  const params = new URLSearchParams({ q });
  for (const [key, value] of Object.entries(narrowed)) if (value) params.set(key, value);
  return `#/search?${params}`;
}

const target = (s, typed) =>
  s.kind === 'item' ? `#/item/${encodeURIComponent(s.itemId)}`
    : s.kind === 'category' ? `#/category/${encodeURIComponent(s.category)}`
      : address(typed, { brand: s.brand });

/**
 * The box: a combobox whose list is asked for while typing. Arrow keys move through it, Enter goes where the chosen
 * line leads or searches what is typed, Escape closes the list.
 */
export function searchBox() {
  let found = [];
  let chosen = -1;
  let turn = 0;
  let timer = 0;
  const list = h('ul', { class: 'suggestions', id: 'suggestions', role: 'listbox', 'aria-label': t('suggestions'), hidden: true });
  const field = h('input', {
    type: 'search', name: 'q', role: 'combobox', autocomplete: 'off', enterkeyhint: 'search', maxlength: 200, 'aria-autocomplete': 'list',
    'aria-expanded': 'false', 'aria-controls': 'suggestions', 'aria-label': t('search'), placeholder: t('searchHint'),
    oninput: () => { clearTimeout(timer); timer = setTimeout(ask, 80); },
    onkeydown: (e) => keyed(e),
    onfocus: () => found.length && show(true),
    onblur: () => show(false),
  });
  const box = h(
    'form',
    { class: 'searchbox', role: 'search', onsubmit: (e) => { e.preventDefault(); go(); } },
    icon('search'), field, list,
  );

  function show(open) {
    list.hidden = !open;
    field.setAttribute('aria-expanded', open);
    if (!open) choose(-1);
  }

  function choose(i) {
    chosen = i;
    [...list.children].forEach((line, n) => line.setAttribute('aria-selected', n === i));
    if (i >= 0) {
      field.setAttribute('aria-activedescendant', list.children[i].id);
      list.children[i].scrollIntoView({ block: 'nearest' });
    } else field.removeAttribute('aria-activedescendant');
  }

  async function ask() {
    const typed = field.value.trim();
    const mine = ++turn;
    found = typed ? (await api.suggestions({ q: typed, ...shopper.ids(), lang: language() }).catch(() => ({ suggestions: [] }))).suggestions : [];
    if (mine !== turn) return;
    list.replaceChildren(
      ...found.map((s, i) =>
        h('li', { id: `suggestion-${i}`, role: 'option', 'aria-selected': 'false', onpointerdown: (e) => { e.preventDefault(); choose(i); go(); } }, h('span', {}, s.text), h('small', {}, t(`kind-${s.kind}`)))),
    );
    show(found.length > 0 && document.activeElement === field);
  }

  function keyed(e) {
    if (e.key === 'Escape') {
      if (list.hidden) field.value = '';
      show(false);
      e.preventDefault();
    } else if (['ArrowDown', 'ArrowUp'].includes(e.key) && found.length) {
      e.preventDefault();
      show(true);
      const step = e.key === 'ArrowDown' ? 1 : -1;
      choose(((chosen + step + found.length + 2) % (found.length + 1)) - 1); // past the last line comes the field again
    }
  }

  function go() {
    clearTimeout(timer);
    turn++;
    const typed = field.value.trim();
    const line = found[chosen];
    show(false);
    if (line) location.hash = target(line, typed);
    else if (typed) location.hash = address(typed);
    field.blur();
  }

  /** Shows what is searched, unless the shopper is just typing. */
  box.reflect = (q) => {
    if (document.activeElement !== field) field.value = q;
  };
  return box;
}

const nameOf = (c) => (language() === 'zh' ? c.name_zh : c.name_en) ?? c.category.split(' > ').at(-1);

function facet(title, values, chosen, link, name) {
  if (!values.length) return null;
  const shown = values.slice(0, 12);
  return h(
    'div',
    { class: 'facet' },
    h('h3', {}, title),
    h('ul', {}, shown.map((v) => {
      const on = name(v).value === chosen;
      return h('li', {}, h('a', { href: link(on ? '' : name(v).value), 'aria-current': on && 'true' }, h('span', {}, name(v).text), h('small', {}, v.items)));
    })),
  );
}

function priceFacet(params, q) {
  const bound = (name, word) => h('input', { type: 'number', min: 0, step: 'any', inputmode: 'decimal', name, value: params.get(name) ?? '', 'aria-label': t(word), placeholder: t(word) });
  const from = bound('minPrice', 'from');
  const to = bound('maxPrice', 'to');
  const go = (e) => {
    e.preventDefault();
    location.hash = address(q, { ...chosenOf(params), minPrice: from.value, maxPrice: to.value });
  };
  return h('div', { class: 'facet' }, h('h3', {}, t('price')), h('form', { class: 'range', onsubmit: go }, from, h('span', { 'aria-hidden': 'true' }, '–'), to, h('button', { class: 'btn', 'data-act': 'price' }, t('apply'))));
}

const chosenOf = (params) => Object.fromEntries(['category', 'brand', 'minPrice', 'maxPrice'].map((k) => [k, params.get(k)]).filter(([, v]) => v));

/** The page of a search; the address says all of it, so that it can be shared. */
export function search(main, params) {
  const q = params.get('q') ?? '';
  const chosen = chosenOf(params);
  const title = h('h1', {}, t('foundFor', q));
  const hint = h('p', { class: 'typo', hidden: true });
  const facets = h('aside', { class: 'facets', 'aria-label': t('narrow') });
  const more = h('div', { class: 'more' });
  let n = PAGE;
  const row = new Row('search-rerank', {
    layout: 'grid', title: t('results'), n: PAGE, keepsEmpty: true,
    ask: async (params) => {
      const answer = await api.search({ ...params, q, ...chosen, n });
      // what nothing but the words speaks for was found by the words
      for (const item of answer.items) if (!item.reasons?.length || item.reasons[0].code === 'catalog') item.reasons = [{ code: 'matches', text: t('matches', answer.correctedQuery ?? q) }];
      return answer;
    },
    onanswer: (answer) => draw(answer),
    empty: () => nothing(q, chosen),
  });
  main.append(
    h('div', { class: 'hello' }, h('div', {}, title, hint)),
    h('div', { class: 'searchpage' }, h('details', { class: 'narrow', open: matchMedia('(min-width: 900px)').matches }, h('summary', {}, t('narrow')), facets), h('div', {}, row.el, more)),
  );

  function draw(answer) {
    row.note.textContent = t('items', answer.total);
    hint.hidden = !answer.correctedQuery;
    if (answer.correctedQuery) hint.replaceChildren(t('showing'), ' ', h('b', {}, `“${answer.correctedQuery}”`), ' · ', t('notInShop', q));
    const link = (key) => (value) => address(q, { ...chosen, [key]: value });
    facets.replaceChildren(
      facet(t('categories'), answer.facets.categories, chosen.category, link('category'), (c) => ({ value: c.category, text: nameOf(c) })) ?? '',
      facet(t('brands'), answer.facets.brands, chosen.brand, link('brand'), (b) => ({ value: b.brand, text: (language() === 'zh' ? b.name_zh : b.name_en) ?? b.brand })) ?? '',
      priceFacet(params, q),
    );
    const end = Math.min(answer.total, MOST);
    more.replaceChildren(n < end ? h('button', { class: 'btn', onclick: () => { n = Math.min(n + PAGE, MOST); row.refresh(); } }, t('more')) : '');
  }

  if (!q.trim()) {
    row.show({ items: [], recommendationId: '' }, []);
    return Promise.resolve();
  }
  // stored first, so that the results know of it; but a search is answered where nothing can be stored, too
  const patience = new Promise((done) => setTimeout(done, PATIENCE));
  return Promise.race([shopper.searched(q), patience]).then(() => row.asked || row.refresh());
}

function nothing(q, chosen) {
  const narrowed = Object.keys(chosen).length > 0;
  return h(
    'div',
    { class: 'empty', 'data-nothing': true },
    h('p', {}, t(narrowed ? 'nothingNarrowed' : 'nothingFound', q)),
    narrowed ? h('a', { class: 'btn', href: address(q) }, t('widen')) : h('a', { class: 'btn', href: '#/' }, t('back')),
  );
}
