// The cart, as a drawer from the side.

import * as api from './api.js';
import * as shopper from './shopper.js';
import { dialog, h, icon } from './dom.js';
import { picture, priceTag } from './card.js';
import { t, titleOf } from './i18n.js';
import { totalOf } from './checkout.js';
import { Row } from './rows.js';

function line(itemId, quantity) {
  const item = api.known(itemId) ?? { itemId };
  return h(
    'div',
    { class: 'line-item' },
    picture(item),
    h('div', {}, h('p', {}, titleOf(item)), h('div', { class: 'quiet' }, priceTag(item), ' ', quantity > 1 ? t('quantity', quantity) : '')),
    h('button', { class: 'icon', 'aria-label': t('remove', titleOf(item)), onclick: () => shopper.fromCart(itemId) }, icon('trash')),
  );
}

export async function openCart() {
  await api.items(shopper.cartIds()).catch(() => []);
  const lines = h('div', {});
  const foot = h('div', { class: 'dfoot' });
  const more = new Row('cart', { title: t('cartRow'), n: 8, params: () => ({ cart: shopper.cartIds() }) });
  const drawer = dialog('drawer', t('cart'), t('close'), h('div', { class: 'dbody' }, lines, more.el), foot);

  const draw = () => {
    const cart = shopper.cart();
    lines.replaceChildren(...(cart.length ? cart.map(([id, n]) => line(id, n)) : [h('p', { class: 'empty' }, t('empty'))]));
    const [sign, sum] = totalOf(cart);
    foot.hidden = cart.length === 0;
    foot.replaceChildren(
      h('div', { class: 'sum' }, t('total'), h('span', { class: 'price' }, h('small', {}, sign), sum)),
      h('a', { class: 'btn main', 'data-act': 'checkout', href: '#/checkout' }, t('checkout')),
    );
  };
  draw();
  more.refresh();
  const onBag = () => draw();
  document.addEventListener('bag', onBag);
  const leave = () => drawer.close();
  window.addEventListener('hashchange', leave);
  drawer.addEventListener('close', () => {
    document.removeEventListener('bag', onBag);
    window.removeEventListener('hashchange', leave);
    more.retire();
  });
}
