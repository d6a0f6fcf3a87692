// What the model in use goes by, and its items as a map.

import { WORDS } from './words-models.js';
import { call } from './api.js';
import { card, h } from './dom.js';
import { categoryNames } from './item.js';
import { chart } from './chart.js';
import { empty } from './state.js';
import { language, number, percent, words } from './i18n.js';

const t = words(WORDS);
const MOST = 14;
const COLOURS = 8;

export async function ranking(id, signal) {
  const found = await call(`/v1/models/${encodeURIComponent(id)}/ranking`, { signal });
  const all = found.features.reduce((sum, f) => sum + f.splits, 0);
  const shown = [...found.features].sort((a, b) => b.splits - a.splits).slice(0, MOST);
  const blend = h('table', {}, h('caption', { class: 'visually-hidden' }, t('blend')), h('thead', {}, h('tr', {}, [t('evidence'), t('measure'), t('weight')].map((c) => h('th', { scope: 'col' }, c)))), h('tbody', {}, found.blend.map((b) => h('tr', {}, h('td', {}, t(`source.${b.evidence}`)), h('td', {}, t(`measure.${b.measure}`)), h('td', { class: 'number' }, number(b.weight, 2))))));
  const features = shown.length
    ? chart({
        label: t('featuresLabel', t(`f.${shown[0].feature}`)),
        height: 40 + 24 * shown.length,
        figures: { columns: [t('feature'), t('splits'), t('share')], rows: [...found.features].sort((a, b) => b.splits - a.splits).map((f) => [t(`f.${f.feature}`), f.splits, percent(f.splits / all, 1)]) },
        option: (c) => ({
          grid: { left: 4, right: 48, top: 4, bottom: 4, containLabel: true },
          xAxis: { type: 'value', axisLabel: { show: false }, splitLine: { show: false }, axisLine: { show: false } },
          yAxis: { type: 'category', inverse: true, data: shown.map((f) => t(`f.${f.feature}`)), axisLine: { show: false }, axisLabel: { color: c.ink } },
          series: [{ type: 'bar', data: shown.map((f) => f.splits / all), barMaxWidth: 14, itemStyle: { color: c.jade, borderRadius: [0, 5, 5, 0] }, label: { show: true, position: 'right', color: c.soft, formatter: ({ value }) => percent(value, 1) } }],
        }),
      })
    : empty(t('noTrees'), t('noTreesLead'));
  return h('div', { class: 'cols' }, card(t('importance'), found.trees > 0 && h('p', { class: 'hint' }, t('importanceLead', number(found.trees))), features), card(t('blend'), h('p', { class: 'hint' }, t('blendLead')), h('div', { class: 'wide', role: 'region', tabindex: 0, 'aria-label': t('blend') }, blend)));
}

export async function map(id, signal) {
  const [found, nameOf] = await Promise.all([call(`/v1/models/${encodeURIComponent(id)}/map?n=2000&lang=${language()}`, { signal }), categoryNames(signal)]);
  if (found.points.length < 3) return card(t('map'), empty(t('noMap')));
  const groups = Map.groupBy(found.points, (p) => p.category);
  const largest = [...groups].sort((a, b) => b[1].length - a[1].length);
  const own = largest.slice(0, COLOURS - (largest.length > COLOURS ? 1 : 0)).map(([name, points]) => [name ? nameOf(name) : t('noCategory'), points]);
  const rest = largest.slice(own.length).flatMap(([, points]) => points);
  const series = rest.length ? [...own, [t('others'), rest]] : own;
  return card(
    t('map'),
    h('p', { class: 'hint' }, t('mapLead', number(found.points.length), number(found.items), percent(found.shares[0] + found.shares[1]))),
    chart({
      label: t('mapLabel', series.map(([name, points]) => `${name} ${points.length}`).join(', ')),
      height: 520,
      figures: { columns: [t('category'), t('itemsOf'), 'x', 'y'], rows: () => series.map(([name, points]) => [name, points.length, number(mean(points, 'x'), 3), number(mean(points, 'y'), 3)]) },
      option: (c) => ({
        legend: {},
        tooltip: { formatter: ({ data, seriesName }) => `${data[2]}\n${data[3]} · ${seriesName}` },
        grid: { left: 8, right: 8, top: 40, bottom: 8, containLabel: false },
        xAxis: { type: 'value', scale: true, axisLabel: { show: false }, splitLine: { show: false } },
        yAxis: { type: 'value', scale: true, axisLabel: { show: false }, splitLine: { show: false } },
        series: series.map(([name, points], i) => ({ name, type: 'scatter', symbolSize: 7, itemStyle: { color: c.series[i], opacity: 0.75 }, data: points.map((p) => [p.x, p.y, p.title || p.itemId, p.itemId]) })),
      }),
    }),
  );
}

const mean = (points, axis) => points.reduce((sum, p) => sum + p[axis], 0) / points.length;
