// Who is shopping in this browser, what lies in the cart, and what the shop is told of it.

import * as api from './api.js';
import { did, language, t, titleOf } from './i18n.js';
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
const bagOf = () => ({ cart: {}, saved: [], refused: [], untold: [], ...read(place(), {}) });
let bag = bagOf();

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

/** The shop's names of the lists of marks. */
const MARKS = { saved: 'favorites', refused: 'notInterested' };
let recalls = 0;

/**
 * Asks the shop what it knows of the shopper, who may have marked things in another browser: what is
 * saved and refused there is so here too, but for what the shop was not told of yet.
 * @returns the profile; null where the key does not allow to ask, or nothing is known
 */
async function recall() {
  const mine = ++recalls;
  const profile = await api.profile(ids());
  if (!profile || mine !== recalls) return profile;
  const agrees = (id) => Object.entries(MARKS).every(([here, there]) => bag[here].includes(id) === profile[there].includes(id));
  bag.untold = bag.untold.filter((id) => !agrees(id));
  for (const [here, there] of Object.entries(MARKS)) {
    const theirs = profile[there].filter((id) => !bag.untold.includes(id)).reverse();
    bag[here] = [...theirs, ...bag[here].filter((id) => bag.untold.includes(id))];
  }
  store();
  return profile;
}

/** A stranger's marks are of this browser alone. */
const recallUser = () => (me.userId ? recall() : Promise.resolve(null));
let recalled = recallUser();

/** Resolves once the shop was asked for the shopper's marks. */
export const marksKnown = () => recalled;
document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && (recalled = recallUser()));

/** Tells of a mark on an item; until the shop has stored it, what is marked here counts. */
async function mark(itemId, type, more) {
  bag.untold.push(itemId);
  store();
  return act(type, [lineOf(itemId)], nameOf(itemId), more);
}

const line = document.getElementById('noticed');
const narrow = matchMedia('(max-width: 720px)');
let hide = 0;
let sentAway = false;

// on a phone the line lies over the products: a touch anywhere sends it away until something else happens
document.addEventListener('pointerdown', () => {
  if (!narrow.matches) return;
  sentAway = true;
  line.replaceChildren();
}, true);

function say(text, detail, bad) {
  if (sentAway) return;
  line.classList.toggle('bad', Boolean(bad));
  line.replaceChildren(h('div', {}, h('span', { class: 'pulse' }), h('span', {}, `${t('noticed')}: `, h('b', {}, text), ' ', h('i', {}, detail))));
  clearTimeout(hide);
  hide = setTimeout(() => line.replaceChildren(), 7000);
}

const millis = (time) => time.toFixed(time < 10 ? 1 : 0);

/**
 * Tells the shop what just happened, waits until it is stored, and lets every list on the page be
 * made anew.
 */
async function act(type, items, what, more) {
  sentAway = false;
  const started = performance.now();
  const slow = setTimeout(() => say(did(type, what), `· ${t('kept')}`, true), 1500);
  const answer = await tracker.track(type, items, more);
  clearTimeout(slow);
  if (!answer?.stored) {
    say(did(type, what), `· ${t('notSent')}${answer?.reason && language() !== 'zh' ? `: ${answer.reason}` : ''}`, true);
    return;
  }
  for (const { itemId } of items) if (bag.untold.includes(itemId)) bag.untold.splice(bag.untold.indexOf(itemId), 1);
  const stored = t('stored', millis(performance.now() - started));
  say(did(type, what), `· ${stored}`);
  const asked = performance.now();
  const waiting = [];
  document.dispatchEvent(new CustomEvent('acted', { detail: { waiting } }));
  const lists = (await Promise.allSettled(waiting)).length; // the lists in sight before all else
  const remade = lists ? ` · ${t('remade', millis(performance.now() - asked))}` : '';
  const known = learned(await (recalled = recall()));
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
  return mark(itemId, 'add-to-cart');
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
    return mark(itemId, 'remove-from-favorites');
  }
  bag.refused = bag.refused.filter((id) => id !== itemId);
  bag.saved.push(itemId);
  return mark(itemId, 'add-to-favorites');
}

/** Never again, please: the lists leave it out at once, and what is like it sinks. */
export function refuse(itemId, from) {
  if (!isRefused(itemId)) bag.refused.push(itemId);
  bag.saved = bag.saved.filter((id) => id !== itemId);
  return mark(itemId, 'not-interested', from ? { scenario: from.scenario, recommendationId: from.recommendationId } : {});
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
  bag = bagOf();
  forget();
  changed('bag');
  tracker.visit(me.visitorId);
  tracker.identify(me.userId, false);
  recalls += 1; // an answer about the one before is too late
  recalled = Promise.resolve(null);
  changed('identity');
  if (shopper) await act('login', [], shopper.name);
}
