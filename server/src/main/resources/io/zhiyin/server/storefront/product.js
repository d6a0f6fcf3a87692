// One product's page.

import * as api from './api.js';
import * as shopper from './shopper.js';
import { aboutOf, brandOf, language, levelsOf, t, titleOf } from './i18n.js';
import { picture, priceTag, soldOut, takeOrigin } from './card.js';
import { Row } from './rows.js';
import { h } from './dom.js';

function stock(item) {
  if (soldOut(item)) return h('p', { class: 'stock out' }, t('out'));
  return h('p', { class: 'stock' }, item.stock === undefined ? t('inStock') : t('left', item.stock));
}

function crumbs(item) {
  const levels = levelsOf(item);
  const path = (item.categories?.[0] ?? '').split(' > ');
  return h(
    'nav',
    { class: 'crumbs' },
    h('a', { href: '#/' }, t('all')),
    levels.flatMap((level, i) => ['›', h('a', { href: `#/category/${encodeURIComponent(path.slice(0, i + 1).join(' > '))}` }, level)]),
  );
}

// Tags are written in the shop's language only; Chinese ones say nothing on the English page.
const readable = (tags) => tags.filter((tag) => language() === 'zh' || !/\p{Script=Han}/u.test(tag)).slice(0, 12);

function facts(item) {
  const gone = soldOut(item);
  const add = h('button', { class: 'btn main', 'data-act': 'cart', disabled: gone, onclick: () => shopper.toCart(item.itemId) }, t('add'));
  const buy = h('button', { class: 'btn', 'data-act': 'buy', disabled: gone, onclick: () => shopper.buy([[item.itemId, 1]]) }, t('buyNow'));
  const back = h('button', { class: 'btn', 'data-act': 'want', hidden: true, onclick: () => shopper.save(item.itemId) }, t('wantAgain'));
  const save = h('button', { class: 'btn', 'data-act': 'save', onclick: () => shopper.save(item.itemId) });
  const reflect = () => {
    const on = shopper.isSaved(item.itemId);
    back.hidden = !shopper.isRefused(item.itemId);
    save.textContent = t(on ? 'saved' : 'save');
    save.classList.toggle('on', on);
    save.setAttribute('aria-pressed', on);
    add.textContent = t(shopper.cartIds().includes(item.itemId) ? 'added' : 'add');
  };
  reflect();
  const box = h(
    'div',
    { class: 'facts' },
    h('p', { class: 'quiet' }, brandOf(item)),
    h('h1', {}, titleOf(item)),
    priceTag(item),
    stock(item),
    h('div', { class: 'actions' }, add, buy, save, back),
    h('p', { class: 'about' }, aboutOf(item)),
    h('div', { class: 'tags' }, readable(item.tags ?? []).map((tag) => h('span', {}, tag))),
  );
  const onBag = () => (box.isConnected ? reflect() : document.removeEventListener('bag', onBag));
  document.addEventListener('bag', onBag);
  return box;
}

export async function product(main, itemId, isCurrent) {
  const item = await api.item(itemId);
  if (!isCurrent()) return;
  if (!item) {
    main.append(h('div', { class: 'empty' }, t('noItem'), h('a', { class: 'btn', href: '#/' }, t('back'))));
    return;
  }
  document.title = `${titleOf(item)} · Zhiyin 知音`;
  const page = () => ({ itemId });
  const rows = [
    new Row('similar-items', { params: page }),
    new Row('bought-together', { params: page }),
    new Row('home-feed'),
  ];
  main.append(crumbs(item), h('div', { class: 'product' }, picture(item, true), facts(item)), ...rows.map((row) => row.el));
  // the event first: its answer makes the lists, so they know already that this page was opened
  await shopper.opened(itemId, takeOrigin());
  rows.forEach((row) => row.asked || row.refresh());
}
