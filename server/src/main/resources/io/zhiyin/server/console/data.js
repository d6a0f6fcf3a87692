// Data: what comes in as it happens, files that are imported, what the doors take, and one user's
// past step by step.

import { WORDS } from './words-data.js';
import { h } from './dom.js';
import { link } from './pages.js';
import { words } from './i18n.js';

const t = words(WORDS);

const PARTS = {
  stream: () => import('./data-stream.js'),
  imports: () => import('./data-imports.js'),
  replay: () => import('./data-replay.js'),
  schema: () => import('./data-schema.js'),
};

export async function page(main, route) {
  const name = route.parts[0] in PARTS ? route.parts[0] : 'stream';
  const host = h('div', {});
  const tabs = h('nav', { class: 'row chips', 'aria-label': t('parts') }, Object.keys(PARTS).map((part) => h('a', { class: 'chip pill', href: link('data', [part]), 'aria-current': part === name && 'page' }, t(`part.${part}`))));
  main.replaceChildren(h('h1', {}, t('data')), h('p', { class: 'lead' }, t('lead')), tabs, host);
  const { part } = await PARTS[name]();
  if (!route.signal.aborted) await part(host, route);
}
