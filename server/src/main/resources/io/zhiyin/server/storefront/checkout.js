// The way from the cart to what was bought.

import * as api from './api.js';
import * as shopper from './shopper.js';
import { h } from './dom.js';
import { picture, priceTag } from './card.js';
import { price, t, titleOf } from './i18n.js';
import { Row } from './rows.js';

const MOST = 99;

/** What lines of [itemId, quantity] cost together: [sign, number]. */
export function totalOf(lines) {
  const priced = lines.map(([id, n]) => [api.known(id), n]).filter(([item]) => item?.price !== undefined);
  const sum = Math.round(priced.reduce((a, [item, n]) => a + item.price * n, 0) * 100) / 100;
  return price(sum, priced[0]?.[0].currency);
}

const sumOf = (lines) => {
  const [sign, number] = totalOf(lines);
  return h('span', { class: 'price' }, h('small', {}, sign), number);
};

function line(itemId, quantity) {
  const item = api.known(itemId) ?? { itemId };
  const title = titleOf(item);
  const step = (n, word, sign) => h('button', { class: 'step', 'aria-label': `${t(word)} ${title}`, disabled: n > MOST, onclick: () => shopper.setQuantity(itemId, n) }, sign);
  return h(
    'li',
    { class: 'line-item' },
    picture(item),
    h('div', {}, h('p', {}, h('a', { href: `#/item/${encodeURIComponent(itemId)}` }, title)), priceTag(item)),
    h('div', { class: 'steps' }, step(quantity - 1, 'fewer', '−'), h('span', {}, quantity), step(quantity + 1, 'oneMore', '+')),
  );
}

function bought(main, lines) {
  const more = new Row('home-feed', { title: t('moreForYou') });
  main.replaceChildren(
    h('div', { class: 'hello' }, h('div', { 'data-bought': true }, h('h1', {}, t('thanks')), h('p', {}, t('thanksLead')))),
    h('section', { class: 'row' }, h('ul', { class: 'lines' }, lines.map(([id, n]) => h('li', { class: 'line-item' }, picture(api.known(id) ?? { itemId: id }), h('p', {}, titleOf(api.known(id) ?? { itemId: id })), h('span', { class: 'quiet' }, t('quantity', n)))))),
    h('p', { class: 'after' }, h('a', { class: 'btn main', href: '#/' }, t('goOn'))),
    more.el,
  );
  main.focus({ preventScroll: true });
  window.scrollTo(0, 0);
  return more;
}

export async function checkout(main, isCurrent) {
  await api.items(shopper.cartIds()).catch(() => []);
  if (!isCurrent()) return;
  const list = h('ul', { class: 'lines' });
  const sum = h('div', { class: 'sum' });
  const buy = h('button', { class: 'btn main', 'data-act': 'buy-cart' }, t('buyCart'));
  const more = new Row('cart', { title: t('cartRow'), n: 10, params: () => ({ cart: shopper.cartIds() }) });
  const draw = () => {
    const lines = shopper.cart();
    list.replaceChildren(...(lines.length ? lines.map(([id, n]) => line(id, n)) : [h('li', { class: 'empty' }, t('empty'), h('a', { class: 'btn', href: '#/' }, t('back')))]));
    sum.replaceChildren(t('total'), sumOf(lines));
    buy.disabled = lines.length === 0;
  };
  draw();
  const onBag = () => (list.isConnected ? draw() : document.removeEventListener('bag', onBag));
  document.addEventListener('bag', onBag);
  buy.addEventListener('click', () => {
    const lines = shopper.cart();
    more.retire();
    const next = bought(main, lines);
    shopper.buy(lines).then(() => next.answer || next.refresh());
  });
  main.append(
    h('div', { class: 'hello' }, h('h1', {}, t('checkoutTitle'))),
    h('div', { class: 'checkout' }, list, h('div', { class: 'pay' }, sum, buy, h('p', { class: 'quiet' }, t('noMoney')))),
    more.el,
  );
  more.refresh();
}
