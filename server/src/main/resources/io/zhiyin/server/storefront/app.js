// The storefront: header, addresses, and which page is shown.

import * as api from './api.js';
import * as shopper from './shopper.js';
import { category, home } from './home.js';
import { h, icon } from './dom.js';
import { language, t, toggleLanguage } from './i18n.js';
import { clearRows } from './rows.js';
import { openCart } from './cart.js';
import { product } from './product.js';
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

/** What the address asks for: {page, value}. */
function address() {
  const [, page = '', value = ''] = location.hash.match(/^#\/(item|category)\/(.*)$/) ?? [];
  try {
    return { page, value: decodeURIComponent(value) };
  } catch {
    return { page: '', value: '' };
  }
}

const nameOf = (c) => (language() === 'zh' ? c.name_zh : c.name_en) ?? c.category;
const nameOfPath = (path) => {
  const found = tree.flatMap((c) => [c, ...c.children]).find((c) => c.category === path);
  return found ? nameOf(found) : path.split(' > ').at(-1);
};

function drawHeader() {
  const { page, value } = address();
  const chip = (href, name, on) => h('a', { class: 'chip', href, 'aria-current': on && 'page' }, name);
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
      whoButton(),
      h('button', { class: 'icon', 'aria-label': t('theme'), title: t('theme'), onclick: switchTheme }, icon('theme')),
      h('button', { class: 'lang', 'data-act': 'lang', lang: language() === 'zh' ? 'en' : 'zh', onclick: () => { toggleLanguage(); drawAll(); } }, t('switchTo')),
      h('button', { class: 'icon', 'data-act': 'open-cart', 'aria-label': t('cart'), title: t('cart'), onclick: openCart }, icon('cart'), count),
    ),
    h(
      'nav',
      { class: 'cats' },
      chip('#/', t('all'), page === ''),
      tree.map((c) => chip(`#/category/${encodeURIComponent(c.category)}`, nameOf(c), page === 'category' && (value === c.category || value.startsWith(`${c.category} > `)))),
    ),
  );
  top.querySelector('.cats [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
}

async function drawPage() {
  const mine = ++turn;
  const { page, value } = address();
  clearRows();
  main.replaceChildren();
  document.title = 'Zhiyin 知音';
  try {
    if (page === 'item') await product(main, value, () => mine === turn);
    else if (page === 'category') category(main, value, nameOfPath(value));
    else home(main);
  } catch (e) {
    if (mine === turn) main.replaceChildren(h('div', { class: 'empty err', role: 'alert' }, `${t('failed')} ${e.message}`, h('button', { class: 'btn', onclick: drawPage }, t('again'))));
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
  drawHeader();
  drawPage();
  window.scrollTo(0, 0);
  main.focus({ preventScroll: true });
});

async function start() {
  await drawAll();
  const known = await api.categories().catch(() => ({ categories: [] }));
  tree = known.categories;
  drawHeader();
}
start();
