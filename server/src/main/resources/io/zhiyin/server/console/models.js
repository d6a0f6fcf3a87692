// Models: which there are and where they come from, a training as it goes, and what the one in use
// goes by.

import { WORDS } from './words-models.js';
import { ago, day, number, time, words } from './i18n.js';
import { call } from './api.js';
import { card, dialog, h, icon, tell } from './dom.js';
import { empty, failed, into } from './state.js';
import { attention } from './attention.js';
import { evaluation } from './evaluation.js';
import { map, ranking } from './model-pictures.js';
import { table } from './table.js';
import { training } from './training.js';
import { problem, sentence } from './said.js';

const t = words(WORDS);

export function page(main, route) {
  const { signal } = route;
  const host = h('div', {});
  main.replaceChildren(h('h1', {}, t('models')), h('p', { class: 'lead' }, t('lead')), host);
  const load = () => into(host, signal, () => call('/v1/models', { signal }), (models) => whole(models, route, load));
  return load();
}

function whole(models, route, reload) {
  const { signal } = route;
  const pictures = h('div', {});
  if (models.active === 'none') pictures.append(card(t('inside'), empty(t('noModel'), t('noModelLead'))));
  else Promise.all([ranking(models.active, signal), map(models.active, signal), attention(models.active, signal)]).then((drawn) => signal.aborted || pictures.replaceChildren(...drawn), (e) => signal.aborted || pictures.replaceChildren(failed(e)));
  const judged = h('div', {});
  evaluation(signal).then((drawn) => signal.aborted || judged.replaceChildren(...drawn), (e) => signal.aborted || judged.replaceChildren(failed(e)));
  return [training(models, signal, reload), card(t('registry'), registry(models, reload)), judged, pictures];
}

function registry(models, reload) {
  const newest = [...models.models].reverse();
  const before = models.models.length > 1 && models.active !== 'none';
  return h(
    'div',
    {},
    table(
      [
        { key: 'modelId', label: t('model'), value: (m) => m.modelId, cell: (m) => h('span', {}, h('code', {}, m.modelId), ' ', m.modelId === models.active && h('span', { class: 'pill good' }, t('inUse'))) },
        { key: 'createdAt', label: t('trained'), value: (m) => m.createdAt, cell: (m) => h('time', { datetime: m.createdAt, title: time(m.createdAt) }, ago(m.createdAt)) },
        { key: 'events', label: t('learnedFrom'), value: (m) => m.events, cell: (m) => h('span', { class: 'learned' }, t('data', number(m.events), number(m.users), number(m.items))) },
        { key: 'ndcg', label: 'NDCG@10', value: (m) => best(m), cell: (m) => number(best(m), 4), number: true },
        { key: 'verdict', label: t('verdict'), value: (m) => m.promotion?.verdict ?? '', cell: verdict },
        { key: 'acts', label: t('acts'), value: () => '', cell: (m) => h('span', { class: 'row' }, h('button', { class: 'btn small', type: 'button', onclick: () => lineage(m) }, t('lineage')), m.modelId !== models.active && h('button', { class: 'btn small', type: 'button', 'data-use': m.modelId, onclick: () => act(`/v1/models/${m.modelId}:activate`, t('using', m.modelId), reload) }, t('use'))) },
      ],
      newest,
      { caption: t('registry'), filter: false, file: 'models', none: t('noModels') },
    ),
    before && h('button', { class: 'btn', type: 'button', 'data-act': 'rollback', onclick: () => act('/v1/models:rollback', t('rolledBack'), reload) }, t('rollback')),
  );
}

/** The whole recommender where it was measured, else the sequence model alone. */
const best = (m) => m.metrics['ranker.ndcg@10'] ?? m.metrics['blend.ndcg@10'] ?? m.metrics['validation.ndcg@10'];

function verdict(model) {
  const p = model.promotion;
  if (!p) return '–';
  const pill = h('span', { class: `pill ${p.activated ? 'good' : ''}` }, t(`v.${p.verdict}`));
  if (p.differenceLow === undefined) return pill;
  return h('span', {}, pill, h('small', { class: 'block' }, t('interval', signed(p.differenceLow), signed(p.differenceHigh), number(p.shoppers))));
}

const signed = (x) => `${x < 0 ? '−' : '+'}${number(Math.abs(x), 4)}`;

async function act(path, said, reload) {
  try {
    await call(path, { method: 'POST' });
    tell(said);
    reload();
  } catch (e) {
    tell(problem(e), true);
  }
}

function lineage(m) {
  const line = (name, value) => value !== undefined && [h('dt', {}, name), h('dd', {}, value)];
  const p = m.promotion;
  dialog(
    t('lineage'),
    t('close'),
    h('p', {}, h('code', {}, m.modelId)),
    h(
      'dl',
      { class: 'facts' },
      [
        line(t('kind'), m.kind),
        line(t('trained'), time(m.createdAt)),
        line(t('span'), `${day(m.firstEvent)} – ${day(m.lastEvent)}`),
        line(t('learnedFrom'), t('data', number(m.events), number(m.users), number(m.items))),
        line(t('epochs'), number(m.epochs)),
        line(t('seed'), String(m.seed)),
        line(t('version'), m.codeVersion),
        line(t('parent'), m.parent ?? t('fromNothing')),
        ...Object.entries(m.metrics).sort().map(([name, value]) => line(t(`m.${name}`), number(value, 4))),
        p && line(t('verdict'), sentence(p.reason)),
        p?.against && line(t('against'), `${p.against}: ${number(p.activeNdcg10, 4)} → ${number(p.candidateNdcg10, 4)}`),
        p?.differenceLow !== undefined && line(t('difference'), t('interval', signed(p.differenceLow), signed(p.differenceHigh), number(p.shoppers))),
      ].filter(Boolean).flat(),
    ),
    h('p', { class: 'hint' }, icon('warn'), ' ', t('baselines')),
  );
}
