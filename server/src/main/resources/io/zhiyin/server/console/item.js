// One item as the console shows it: its picture, its title, its id.

import { call } from './api.js';
import { categoryOf, language, titleOf } from './i18n.js';
import { h } from './dom.js';

/** A small picture of the shop's own, or the title's first letter. */
export function thumb(item) {
  const box = h('span', { class: 'thumb', 'aria-hidden': 'true' });
  const letter = () => box.replaceChildren([...titleOf(item).trim()][0]?.toUpperCase() ?? '?');
  const url = item.imageUrls?.find((u) => u.startsWith('/') && !u.startsWith('//'));
  if (url) box.append(h('img', { src: `${url}#${language()}`, alt: '', width: 40, height: 40, loading: 'lazy', decoding: 'async', onerror: letter }));
  else letter();
  return box;
}

/**
 * Picture, title and id in a line.
 * @param id of the item
 * @param item its document; undefined where the catalogue has none
 */
export function thing(id, item) {
  const shown = item ?? { itemId: id };
  return h('span', { class: 'thing' }, thumb(shown), h('span', {}, titleOf(shown), h('small', {}, h('code', {}, id), item && categoryOf(item) && ` · ${categoryOf(item)}`)));
}

let tree;

/** Names of categories in the page's language, by the last level of their path. */
export async function categoryNames(signal) {
  tree ??= (await call('/v1/categories', { signal })).categories;
  const names = new Map();
  const walk = (shelves) => {
    for (const shelf of shelves) {
      names.set(shelf.category.split(' > ').at(-1), shelf[`name_${language()}`] ?? shelf.category.split(' > ').at(-1));
      walk(shelf.children);
    }
  };
  walk(tree);
  return (name) => names.get(name) ?? name;
}
