// Who is shopping in this browser, what lies in the cart, and what the shop is told of it.

import * as api from './api.js';
import { did, t, titleOf } from './i18n.js';
import { forget, learned } from './noticed.js';
import { h } from './dom.js';

const read = (key, otherwise) => {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? otherwise;
  } catch {
    return otherwise;
  }
};
const write = (key, value) => localStorage.setItem(key, JSON.stringify(value));

const randomId = () => [...crypto.getRandomValues(new Uint8Array(12))].map((b) => b.toString(16).padStart(2, '0')).join('');

let me = read('zhiyin.me', null) ?? { visitorId: `v-${randomId()}`, userId: null, name: null };
write('zhiyin.me', me);

const tracker = window.zhiyin;
tracker.visit(me.visitorId);
tracker.identify(me.userId, false);

const place = () => `zhiyin.bag.${me.userId ?? me.visitorId}`;
const EMPTY = { cart: {}, saved: [], refused: [] };
let bag = { ...EMPTY, ...read(place(), {}) };

export const self = () => me;
export const ids = () => (me.userId ? { userId: me.userId } : { visitorId: me.visitorId });
export const cart = () => Object.entries(bag.cart);
export const cartIds = () => Object.keys(bag.cart);
export const cartCount = () => Object.values(bag.cart).reduce((a, b) => a + b, 0);
export const savedIds = () => [...bag.saved];
export const isRefused = (itemId) => bag.refused.includes(itemId);
export const isSaved = (itemId) => bag.saved.includes(itemId);

const changed = (what) => document.dispatchEvent(new CustomEvent(what));
const store = () => {
  write(place(), bag);
  changed('bag');
};

const line = document.getElementById('noticed');
let hide = 0;

function say(text, detail, bad) {
  line.classList.toggle('bad', Boolean(bad));
  line.replaceChildren(h('div', {}, h('span', { class: 'pulse' }), h('span', {}, `${t('noticed')}: `, h('b', {}, text), ' ', h('i', {}, detail))));
  clearTimeout(hide);
  hide = setTimeout(() => line.replaceChildren(), 7000);
}

/**
 * Tells the shop what just happened, waits until it is stored, and lets every list on the page be
 * made anew.
 */
async function act(type, items, what, more) {
  const started = performance.now();
  const slow = setTimeout(() => say(did(type, what), `· ${t('kept')}`, true), 1500);
  const answer = await tracker.track(type, items, more);
  clearTimeout(slow);
  if (!answer?.stored) {
    say(did(type, what), `· ${t('notSent')}${answer?.reason ? `: ${answer.reason}` : ''}`, true);
    return;
  }
  const stored = t('stored', (performance.now() - started).toFixed(1));
  say(did(type, what), `· ${stored}`);
  const asked = performance.now();
  const waiting = [];
  document.dispatchEvent(new CustomEvent('acted', { detail: { waiting } }));
  const change = learned(ids());
  const lists = (await Promise.allSettled(waiting)).length;
  const remade = lists ? ` · ${t('remade', (performance.now() - asked).toFixed(0))}` : '';
  const known = await change;
  if (remade || known) say(did(type, what), `· ${known ? `${known} · ` : ''}${stored}${remade}`);
}

const lineOf = (itemId, quantity = 1) => {
  const item = api.known(itemId);
  return { itemId, quantity, ...(item?.price !== undefined ? { price: item.price } : {}) };
};
const nameOf = (itemId) => titleOf(api.known(itemId) ?? { itemId });

/** A product's page; the list it was opened from, if any, is told of too. */
export const opened = (itemId, from) =>
  act('detail-page-view', [lineOf(itemId)], nameOf(itemId), from ? { scenario: from.scenario, recommendationId: from.recommendationId } : {});

export const browsed = (category, name) => act('category-page-view', [], name, { category });

export const searched = (q) => act('search', [], q, { query: q });

export function toCart(itemId) {
  bag.refused = bag.refused.filter((id) => id !== itemId);
  bag.cart[itemId] = (bag.cart[itemId] ?? 0) + 1;
  store();
  return act('add-to-cart', [lineOf(itemId)], nameOf(itemId));
}

export function fromCart(itemId) {
  return setQuantity(itemId, 0);
}

/** So many pieces in the cart; the event says how many went in or out. */
export function setQuantity(itemId, quantity) {
  const change = quantity - (bag.cart[itemId] ?? 0);
  if (quantity > 0) bag.cart[itemId] = quantity;
  else delete bag.cart[itemId];
  store();
  return change === 0 ? Promise.resolve() : act(change > 0 ? 'add-to-cart' : 'remove-from-cart', [lineOf(itemId, Math.abs(change))], nameOf(itemId));
}

export function save(itemId) {
  if (isSaved(itemId)) {
    bag.saved = bag.saved.filter((id) => id !== itemId);
    store();
    return act('remove-from-favorites', [lineOf(itemId)], nameOf(itemId));
  }
  bag.refused = bag.refused.filter((id) => id !== itemId);
  bag.saved.push(itemId);
  store();
  return act('add-to-favorites', [lineOf(itemId)], nameOf(itemId));
}

/** Never again, please: the lists leave it out at once, and what is like it sinks. */
export function refuse(itemId, from) {
  if (!isRefused(itemId)) bag.refused.push(itemId);
  bag.saved = bag.saved.filter((id) => id !== itemId);
  store();
  return act('not-interested', [lineOf(itemId)], nameOf(itemId), from ? { scenario: from.scenario, recommendationId: from.recommendationId } : {});
}

/** Buys these lines: [itemId, quantity]. */
export function buy(lines) {
  for (const [itemId] of lines) delete bag.cart[itemId];
  store();
  const what = lines.length === 1 ? `“${nameOf(lines[0][0])}”` : t('things', lines.length);
  return act('purchase-complete', lines.map(([itemId, quantity]) => lineOf(itemId, quantity)), what);
}

/** Becomes a known shopper, or a new stranger without an argument. */
export async function become(shopper) {
  me = shopper
    ? { visitorId: me.visitorId, userId: shopper.userId, name: shopper.name }
    : { visitorId: `v-${randomId()}`, userId: null, name: null };
  write('zhiyin.me', me);
  bag = { ...EMPTY, ...read(place(), {}) };
  forget();
  changed('bag');
  tracker.visit(me.visitorId);
  tracker.identify(me.userId, false);
  changed('identity');
  if (shopper) await act('login', [], shopper.name);
}
