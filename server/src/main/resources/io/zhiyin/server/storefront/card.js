// One product as a card, and its picture.

import { brandOf, language, levelsOf, price, t, titleOf } from './i18n.js';
import { dialog, h, icon } from './dom.js';
import * as shopper from './shopper.js';

/**
 * A picture of the shop's own, which may have a part for each language (an SVG with `:target`), or
 * the title's first letter on a colour of its own.
 */
export function picture(item, eager) {
  const title = titleOf(item);
  const box = h('span', { class: 'pic' });
  const url = item.imageUrls?.find((u) => u.startsWith('/') && !u.startsWith('//'));
  const letter = () => {
    let hash = 0;
    for (const c of item.itemId) hash = (hash * 31 + c.codePointAt(0)) % 360;
    box.style.background = `linear-gradient(145deg, hsl(${hash} 42% 52%), hsl(${(hash + 40) % 360} 46% 38%))`;
    box.replaceChildren(h('span', { class: 'letter', 'aria-hidden': 'true' }, [...title.trim()][0]?.toUpperCase() ?? '?'));
  };
  if (url) {
    box.append(h('img', { src: `${url}#${language()}`, alt: '', width: 400, height: 400, loading: eager ? 'eager' : 'lazy', decoding: 'async', onerror: letter }));
  } else {
    letter();
  }
  return box;
}

export function priceTag(item) {
  if (item.price === undefined) return h('span', { class: 'price' }, ' ');
  const [sign, number] = price(item.price, item.currency);
  return h('span', { class: 'price' }, h('small', {}, sign), number);
}

export const soldOut = (item) => item.available === false || item.stock === 0;

export const heart = (item) =>
  h(
    'button',
    { class: 'heart', 'data-saves': item.itemId, 'aria-label': t('saveOf', titleOf(item)), 'aria-pressed': String(shopper.isSaved(item.itemId)), onclick: () => shopper.save(item.itemId) },
    icon('heart'),
  );

document.addEventListener('bag', () => {
  for (const el of document.querySelectorAll('[data-saves]')) el.setAttribute('aria-pressed', shopper.isSaved(el.dataset.saves));
});

/** Why an item is in a list, in the language of the page. */
export function explain(item, reasons) {
  const list = reasons.length ? reasons : [{ text: t('whyNone') }];
  dialog(
    'sheet',
    t('whyTitle'),
    t('close'),
    h('div', { class: 'dbody' }, h('p', { class: 'quiet' }, titleOf(item)), h('ul', { class: 'reasons' }, list.map((r) => h('li', {}, icon('spark'), h('span', {}, r.text ?? r))))),
  );
}

/**
 * A card.
 * @param from the list it stands in: {scenario, recommendationId, position, reasons}; none in listings
 */
export function card(item, from) {
  const title = titleOf(item);
  const where = [brandOf(item), levelsOf(item).at(-1)].filter(Boolean).join(' · ');
  const gone = soldOut(item);
  const add = h(
    'button',
    { class: 'plus', 'aria-label': t('addOf', title), title: gone ? t('out') : t('add'), disabled: gone, onclick: () => shopper.toCart(item.itemId) },
    icon('plus'),
  );
  const el = h(
    'article',
    { class: 'card', 'data-item': item.itemId, 'data-zhiyin-item': from && item.itemId, 'data-zhiyin-position': from?.position },
    picture(item),
    heart(item),
    h(
      'div',
      { class: 'body' },
      h('div', { class: 'brandline' }, where || ' '),
      h('h3', {}, h('a', { href: `#/item/${encodeURIComponent(item.itemId)}`, onclick: () => remember(el.from) }, title)),
      h('div', { class: 'buy' }, priceTag(item), add),
    ),
  );
  el.from = from;
  if (from) {
    const words = h('span', {}, from.reasons[0]?.text ?? t('why'));
    const never = () => {
      el.classList.add('refused'); // seen at once; the list made anew leaves it out
      shopper.refuse(item.itemId, el.from);
    };
    el.append(
      h(
        'div',
        { class: 'said' },
        h('button', { class: 'why', 'aria-label': `${t('why')} ${title}`, onclick: () => explain(item, el.from.reasons) }, icon('spark'), words),
        h('button', { class: 'never', 'aria-label': t('neverOf', title), title: t('never'), onclick: never }, icon('never')),
      ),
    );
    el.reword = () => (words.textContent = el.from.reasons[0]?.text ?? t('why'));
  }
  return el;
}

// The list that the next product page was opened from, for attribution.
let origin = null;
const remember = (from) => (origin = from ?? null);
export function takeOrigin() {
  const taken = origin;
  origin = null;
  return taken;
}
