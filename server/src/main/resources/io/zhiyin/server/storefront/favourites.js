// What the shopper saved.

import * as api from './api.js';
import * as shopper from './shopper.js';
import { card } from './card.js';
import { h } from './dom.js';
import { t } from './i18n.js';
import { Row } from './rows.js';

export async function favourites(main, isCurrent) {
  await shopper.marksKnown();
  await api.items(shopper.savedIds()).catch(() => []);
  if (!isCurrent()) return;
  const grid = h('div', { class: 'grid', 'data-saved': true });
  const cards = new Map();
  const draw = () => {
    const saved = shopper.savedIds().filter((id) => api.known(id)).reverse();
    if (!saved.length) {
      cards.clear();
      grid.replaceChildren(h('div', { class: 'empty' }, t('noFavourites'), h('a', { class: 'btn', href: '#/' }, t('back'))));
      return;
    }
    for (const id of saved) if (!cards.has(id)) cards.set(id, card(api.known(id)));
    grid.replaceChildren(...saved.map((id) => cards.get(id)));
  };
  draw();
  const onBag = async () => {
    if (!grid.isConnected) return document.removeEventListener('bag', onBag);
    draw();
    if (shopper.savedIds().some((id) => !api.known(id))) {
      await api.items(shopper.savedIds()).catch(() => []); // saved elsewhere meanwhile
      draw();
    }
  };
  document.addEventListener('bag', onBag);
  const more = new Row('home-feed', { title: t('moreForYou') });
  main.append(h('div', { class: 'hello' }, h('h1', {}, t('favourites'))), h('section', { class: 'row' }, grid), more.el);
  more.refresh();
}
