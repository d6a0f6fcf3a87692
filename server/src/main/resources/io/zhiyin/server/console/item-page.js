// One item: its document, how it does, and its neighbours.

import { WORDS } from './words-items.js';
import { aboutOf, brandOf, categoryOf, money, number, percent, time, titleOf, words } from './i18n.js';
import { call, items, query } from './api.js';
import { card, h } from './dom.js';
import { empty, into } from './state.js';
import { link } from './pages.js';
import { thing, thumb } from './item.js';

const t = words(WORDS);
const NEIGHBOURS = 8;

export function oneItem(main, route, id) {
  const { signal } = route;
  const host = h('div', {});
  main.replaceChildren(h('p', { class: 'crumbs' }, h('a', { class: 'text', href: link('items') }, t('items'))), h('h1', {}, id), host);
  const work = async () => {
    const item = await call(`/v1/items/${encodeURIComponent(id)}`, { signal });
    const { items: rows } = await call(`/v1/items:find${query({ q: id, n: 200 })}`, { signal });
    return { item, figures: rows.find((r) => r.item.itemId === id) };
  };
  return into(host, signal, work, ({ item, figures }) => {
    main.querySelector('h1').textContent = titleOf(item);
    return [h('div', { class: 'cols' }, preview(item), statistics(item, figures)), neighbours(id, signal)];
  });
}

function preview(item) {
  const picture = thumb(item);
  picture.classList.add('large');
  return card(t('preview'), h('div', { class: 'preview' }, picture, h('div', {}, h('p', {}, h('b', {}, titleOf(item))), h('p', { class: 'quiet' }, [brandOf(item), categoryOf(item)].filter(Boolean).join(' · ')), h('p', {}, money(item.price, item.currency)), h('p', { class: 'about' }, aboutOf(item)))), h('details', { class: 'figures' }, h('summary', {}, t('document')), h('pre', { tabindex: 0 }, JSON.stringify(item, null, 2))));
}

function statistics(item, figures) {
  const line = (name, value) => [h('dt', {}, name), h('dd', {}, value)];
  if (!figures) return card(t('statistics'), empty(t('noFigures')));
  return card(
    t('statistics'),
    h(
      'dl',
      { class: 'facts' },
      [line(t('state'), h('span', { class: `pill ${figures.showable ? 'good' : 'bad'}` }, t(figures.showable ? 'shown' : 'hidden'))), line(t('stock'), item.stock === undefined ? t('notKept') : number(item.stock)), line(t('popularity'), number(figures.popularity, 2)), line(t('impressions'), number(figures.impressions)), line(t('clicks'), number(figures.clicks)), line(t('rate'), figures.impressions ? percent(figures.clicks / figures.impressions, 1) : '–'), line(t('published'), time(item.publishTime))].flat(),
    ),
    h('p', { class: 'hint' }, t('figuresLead')),
  );
}

/** What a stranger on the item's page would be shown, by what it was found by. */
function neighbours(id, signal) {
  const column = (scenario, lead) => {
    const host = h('div', {});
    const work = async () => {
      const list = await call(`/v1/recommendations/${scenario}:preview`, { method: 'POST', body: { visitorId: 'somebody-new', itemId: id, n: NEIGHBOURS }, signal });
      const [trace, known] = await Promise.all([call(`/v1/explanations/${list.recommendationId}`, { signal }), items(list.items.map((i) => i.itemId), signal)]);
      return { trace, known };
    };
    into(host, signal, work, ({ trace, known }) => (trace.items.length ? h('ol', { class: 'slate' }, trace.items.map((i) => h('li', {}, h('a', { class: 'plain', href: link('items', [i.itemId]) }, thing(i.itemId, known.get(i.itemId))), h('span', { class: 'row tight' }, i.sources.map((s) => h('span', { class: 'pill' }, t(`source.${s}`), ' ', number(i.evidence[s], 2))))))) : empty(t('noNeighbours'))));
    return card(t(scenario), h('p', { class: 'hint' }, lead), host);
  };
  return h('div', { class: 'cols' }, column('similar-items', t('similarLead')), column('bought-together', t('togetherLead')));
}
