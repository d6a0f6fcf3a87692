// The storefront: header, addresses, and which page is shown.

import * as api from './api.js';
import * as shopper from './shopper.js';
import { category, home } from './home.js';
import { h, icon } from './dom.js';
import { failure, language, learnNames, t, toggleLanguage } from './i18n.js';
import { clearRows } from './rows.js';
import { openCart } from './cart.js';
import { checkout } from './checkout.js';
import { favourites } from './favourites.js';
import { product } from './product.js';
import { search, searchBox } from './search.js';
import { whoButton } from './people.js';

const main = document.getElementById('main');
const top = document.getElementById('top');
const foot = document.getElementById('foot');
let tree = [];
let turn = 0;

const key = new URLSearchParams(location.hash.slice(1)).get('key');
if (key) {
  api.useKey(key);
  history.replaceState(null, '', location.pathname + location.search);
}

const THEMES = ['light', 'dark'];
const theme = localStorage.getItem('zhiyin.theme');
if (THEMES.includes(theme)) document.documentElement.dataset.theme = theme;

function switchTheme() {
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  const now = document.documentElement.dataset.theme ?? (dark ? 'dark' : 'light');
  const next = now === 'dark' ? 'light' : 'dark';
  document.documentElement.dataset.theme = next;
  localStorage.setItem('zhiyin.theme', next);
}

/** What the address asks for: {page, value, params}. */
function address() {
  const [path, asked = ''] = location.hash.split('?', 2);
  const [, page = '', value = ''] = path.match(/^#\/(item|category|search|favourites|checkout)(?:\/(.*))?$/) ?? [];
  const params = new URLSearchParams(asked);
  try {
    return { page, value: decodeURIComponent(value), params };
  } catch {
    return { page: '', value: '', params };
  }
}

const nameOf = (c) => (language() === 'zh' ? c.name_zh : c.name_en) ?? c.category;
const nameOfPath = (path) => {
  const found = tree.flatMap((c) => [c, ...c.children]).find((c) => c.category === path);
  return found ? nameOf(found) : path.split(' > ').at(-1);
};

let box = null;

function drawHeader() {
  box = searchBox();
  const count = h('span', { class: 'badge' });
  const reflect = () => {
    count.textContent = shopper.cartCount();
    count.hidden = shopper.cartCount() === 0;
  };
  reflect();
  drawHeader.reflect = reflect;
  top.replaceChildren(
    h(
      'div',
      { class: 'bar' },
      h('a', { class: 'brand', href: '#/' }, h('img', { src: '/assets/mark.svg', alt: '', width: 32, height: 32 }), h('span', {}, language() === 'zh' ? '知音' : 'Zhiyin', h('small', {}, t('tagline')))),
      box,
      whoButton(),
      h('a', { class: 'icon', 'data-act': 'favourites', href: '#/favourites', 'aria-label': t('favourites'), title: t('favourites') }, icon('heart')),
      h('button', { class: 'icon', 'aria-label': t('theme'), title: t('theme'), onclick: switchTheme }, icon('theme')),
      h('button', { class: 'lang', 'data-act': 'lang', lang: language() === 'zh' ? 'en' : 'zh', onclick: () => { toggleLanguage(); drawAll(); } }, t('switchTo')),
      h('button', { class: 'icon', 'data-act': 'open-cart', 'aria-label': t('cart'), title: t('cart'), onclick: openCart }, icon('cart'), count),
    ),
    h('nav', { class: 'cats', 'aria-label': t('categories') }),
  );
  drawPlace();
}

/** Where the shopper is: the chip of the category, the words in the search box. */
function drawPlace() {
  const { page, value, params } = address();
  const chip = (href, name, on) => h('a', { class: 'chip', href, 'aria-current': on && 'page' }, name);
  const cats = top.querySelector('.cats');
  cats.replaceChildren(
    chip('#/', t('all'), page === ''),
    ...tree.map((c) => chip(`#/category/${encodeURIComponent(c.category)}`, nameOf(c), page === 'category' && (value === c.category || value.startsWith(`${c.category} > `)))),
  );
  const current = cats.querySelector('[aria-current]');
  if (current) cats.scrollLeft = current.offsetLeft - (cats.clientWidth - current.offsetWidth) / 2;
  box.reflect(page === 'search' ? (params.get('q') ?? '') : '');
}

async function drawPage() {
  const mine = ++turn;
  const { page, value, params } = address();
  const isCurrent = () => mine === turn;
  clearRows();
  main.replaceChildren();
  document.title = 'Zhiyin 知音';
  try {
    if (page === 'item') await product(main, value, isCurrent);
    else if (page === 'search') await search(main, params);
    else if (page === 'favourites') await favourites(main, isCurrent);
    else if (page === 'checkout') await checkout(main, isCurrent);
    else if (page === 'category') category(main, value, nameOfPath(value));
    else home(main);
  } catch (e) {
    if (mine === turn) main.replaceChildren(h('div', { class: 'empty err', role: 'alert' }, failure(e), h('button', { class: 'btn', onclick: drawPage }, t('again'))));
  }
}

function drawAll() {
  document.querySelector('.skip').textContent = t('skip');
  foot.replaceChildren(h('span', {}, t('foot')), h('a', { href: '/openapi.yaml' }, t('api')));
  drawHeader();
  return drawPage();
}

document.addEventListener('bag', () => drawHeader.reflect());
document.addEventListener('identity', drawAll);
document.addEventListener('key-needed', () => {
  if (document.querySelector('[data-key]')) return;
  const field = h('input', { type: 'password', autocomplete: 'off', 'aria-label': t('keyNeeded'), placeholder: 'zy_…' });
  const use = h('button', { class: 'btn main' }, t('keySave'));
  main.replaceChildren(h('form', { class: 'empty', 'data-key': true, onsubmit: (e) => { e.preventDefault(); api.useKey(field.value.trim()); start(); } }, t('keyNeeded'), field, use));
});
window.addEventListener('hashchange', () => {
  drawPlace();
  drawPage();
  window.scrollTo(0, 0);
  main.focus({ preventScroll: true });
});

async function start() {
  await drawAll();
  const known = await api.categories().catch(() => ({ categories: [] }));
  tree = known.categories;
  learnNames(tree);
  drawPlace();
}
start();
