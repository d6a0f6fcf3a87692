// The console's frame: header, navigation, sign-in, and which page is shown.

import * as api from './api.js';
import { PAGES, link } from './pages.js';
import { busy, empty, failed } from './state.js';
import { h, icon } from './dom.js';
import { language, t, toggleLanguage } from './i18n.js';

const head = document.getElementById('head');
const side = document.getElementById('side');
const main = document.getElementById('main');
let leaving = new AbortController();

const THEMES = ['light', 'dark'];
const chosen = localStorage.getItem('zhiyin.theme');
if (THEMES.includes(chosen)) document.documentElement.dataset.theme = chosen;
const darkness = matchMedia('(prefers-color-scheme: dark)');
darkness.addEventListener('change', () => document.dispatchEvent(new Event('theme')));

function switchTheme() {
  const now = document.documentElement.dataset.theme ?? (darkness.matches ? 'dark' : 'light');
  const next = now === 'dark' ? 'light' : 'dark';
  document.documentElement.dataset.theme = next;
  localStorage.setItem('zhiyin.theme', next);
  document.dispatchEvent(new Event('theme'));
}

/** What the address asks for: {id, parts, query}. */
function address() {
  const [path, query = ''] = location.hash.replace(/^#\/?/, '').split('?', 2);
  let parts;
  try {
    parts = path.split('/').filter(Boolean).map(decodeURIComponent);
  } catch {
    parts = [];
  }
  const [id = PAGES[0].id, ...rest] = parts;
  return { id, parts: rest, query: new URLSearchParams(query) };
}

function drawFrame() {
  document.getElementById('skip').textContent = t('skip');
  const { id } = address();
  head.replaceChildren(
    h('a', { class: 'brand', href: link(PAGES[0].id) }, h('img', { src: '/assets/mark.svg', alt: '', width: 30, height: 30 }), h('span', {}, language() === 'zh' ? '知音' : 'Zhiyin', h('small', {}, t('console')))),
    h('a', { class: 'lang', href: '/' }, t('storefront')),
    h('button', { class: 'lang', type: 'button', 'data-act': 'lang', lang: language() === 'zh' ? 'en' : 'zh-CN', onclick: () => { toggleLanguage(); drawFrame(); drawPage(); } }, t('switchTo')),
    h('button', { class: 'icon', type: 'button', 'data-act': 'theme', 'aria-label': t('theme'), title: t('theme'), onclick: switchTheme }, icon('theme')),
    api.hasKey() ? h('button', { class: 'icon', type: 'button', 'data-act': 'leave', 'aria-label': t('leave'), title: t('leave'), onclick: leave }, icon('leave')) : '',
  );
  side.setAttribute('aria-label', t('nav'));
  side.replaceChildren(...PAGES.map((page) => h('a', { href: link(page.id), 'aria-current': page.id === id && 'page' }, icon(page.icon), t(page.id))));
  // not by scrollIntoView: Tab would go on from there instead of from the page's beginning
  const current = side.querySelector('[aria-current]');
  if (current) side.scrollLeft = current.offsetLeft - side.offsetLeft - (side.clientWidth - current.offsetWidth) / 2;
}

async function drawPage() {
  leaving.abort();
  leaving = new AbortController();
  const { signal } = leaving;
  const route = { ...address(), signal };
  const page = PAGES.find((p) => p.id === route.id);
  document.title = page ? `${t(page.id)} · Zhiyin 知音` : 'Zhiyin 知音';
  if (!page) {
    main.replaceChildren(h('h1', {}, t('noPage')), empty(t('noPage'), t('noPageLead'), h('a', { class: 'btn', href: link(PAGES[0].id) }, t('home'))));
    return;
  }
  main.replaceChildren(h('h1', {}, t(page.id)), busy());
  try {
    const { page: draw } = await page.load();
    if (signal.aborted) return;
    main.replaceChildren();
    await draw(main, route);
  } catch (error) {
    if (signal.aborted || error.name === 'AbortError') return;
    if (error.status !== 401 && error.status !== 403) main.replaceChildren(h('h1', {}, t(page.id)), failed(error, drawPage));
    if (!error.status && !(error instanceof TypeError)) throw error;
  }
}

/** Asks for a key in place of the page, and tries it before it is kept. */
function signIn(why) {
  if (main.querySelector('[data-key]')) return;
  leaving.abort();
  side.replaceChildren();
  const field = h('input', { type: 'password', id: 'key', autocomplete: 'off', spellcheck: 'false', placeholder: 'zy_…', required: true, 'aria-describedby': 'why' });
  const said = h('p', { id: 'why', class: 'bad', role: 'alert' }, why);
  const form = h('form', { class: 'card signin', 'data-key': true }, h('h1', {}, t('signIn')), h('p', { class: 'quiet' }, t('signInLead')), h('label', { for: 'key' }, t('key')), field, said, h('button', { class: 'btn main' }, t('useKey')), h('code', {}, t('makeKey')));
  form.addEventListener('submit', async (e) => {
    e.preventDefault();
    api.useKey(field.value.trim());
    const status = await knock();
    if (status === 200) return start();
    api.forgetKey();
    said.textContent = status === 401 ? t('badKey') : status === 403 ? t('weakKey') : t('offline');
    field.select();
  });
  main.replaceChildren(form);
  field.focus();
}

function leave() {
  api.forgetKey();
  drawFrame();
  signIn('');
}

/** The status that a call of an admin gets. */
async function knock() {
  try {
    return (await fetch('/v1/rules/versions', { headers: api.headers() })).status;
  } catch {
    return 0;
  }
}

document.addEventListener('key-needed', ({ detail }) => {
  api.forgetKey();
  drawFrame();
  signIn(detail === 403 ? t('weakKey') : '');
});
window.addEventListener('hashchange', () => {
  if (main.querySelector('[data-key]')) return;
  drawFrame();
  drawPage();
  window.scrollTo(0, 0);
  main.focus({ preventScroll: true });
});

async function start() {
  drawFrame();
  await drawPage();
}
start();
