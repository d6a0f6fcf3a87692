// The last evaluation of the shop: beside baselines with intervals, reliability of the ranker, and
// how well slices of the questions are answered.

import { WORDS } from './words-models.js';
import { call } from './api.js';
import { card, h } from './dom.js';
import { categoryNames } from './item.js';
import { chart } from './chart.js';
import { empty } from './state.js';
import { number, percent, time, words } from './i18n.js';
import { table } from './table.js';

const t = words(WORDS);

export async function evaluation(signal) {
  const none = () => [card(t('evaluation'), empty(t('noEvaluation'), t('noEvaluationLead')))];
  const { evaluated } = await call('/v1/models', { signal });
  if (!evaluated) return none();
  let found;
  try {
    found = await call('/v1/evaluation', { signal });
  } catch (e) {
    if (e.status !== 404) throw e; // damaged, or of a newer program
    return none();
  }
  const { report } = found;
  const nameOf = await categoryNames(signal);
  const methods = Object.keys(report.methods);
  const k = Object.keys(report.methods[methods[0]].masked).find((name) => name.endsWith('.ci95')).match(/@(\d+)/)[1];
  return [beside(found, methods, k), reliability(report.evidence?.calibration ?? []), slices(report, methods, k, nameOf)];
}

const interval = (ci) => `${number(ci[0], 4)} – ${number(ci[1], 4)}`;

function beside({ evaluatedAt, report }, methods, k) {
  const rows = methods.map((name) => ({ name, ...report.methods[name].masked }));
  const sorted = [...rows].sort((a, b) => a[`ndcg@${k}`] - b[`ndcg@${k}`]);
  const versus = report.comparisons.filter((c) => c.method === 'zhiyin' && c.view === 'masked').map((c) => t('versus', t(`method.${c.baseline}`), number(c.difference, 4), interval(c.ci95), c.pValue < 0.001 ? '< 0.001' : number(c.pValue, 3)));
  const picture = chart({
    label: t('besideLabel', k),
    height: 60 + 30 * rows.length,
    figures: { columns: [t('method'), `NDCG@${k}`, t('ci')], rows: sorted.map((r) => [t(`method.${r.name}`), number(r[`ndcg@${k}`], 4), interval(r[`ndcg@${k}.ci95`])]) },
    option: (c) => ({
      grid: { left: 4, right: 24, top: 8, bottom: 28, containLabel: true },
      xAxis: { type: 'value', name: `NDCG@${k}`, nameLocation: 'middle', nameGap: 24, min: 0 },
      yAxis: { type: 'category', data: sorted.map((r) => t(`method.${r.name}`)), axisLabel: { color: c.ink } },
      series: [
        ...sorted.map((r, i) => ({ type: 'line', data: r[`ndcg@${k}.ci95`].map((x) => [x, i]), symbol: 'none', lineStyle: { width: 5, color: r.name === 'zhiyin' ? c.jade : c.soft, opacity: 0.55 }, silent: true })),
        { type: 'scatter', symbolSize: 11, data: sorted.map((r, i) => ({ value: [r[`ndcg@${k}`], i], itemStyle: { color: r.name === 'zhiyin' ? c.jade : c.soft } })) },
      ],
    }),
  });
  return card(
    t('evaluation'),
    h('p', { class: 'hint' }, t('evaluationLead', time(evaluatedAt), t(`protocol.${report.protocol}`), number(report.users), number(report.items))),
    picture,
    table(
      [
        { key: 'name', label: t('method'), value: (r) => t(`method.${r.name}`) },
        { key: 'ndcg', label: `NDCG@${k}`, value: (r) => r[`ndcg@${k}`], cell: (r) => number(r[`ndcg@${k}`], 4), number: true },
        { key: 'ci', label: t('ci'), value: (r) => r[`ndcg@${k}.ci95`][0], cell: (r) => interval(r[`ndcg@${k}.ci95`]), number: true },
        { key: 'recall', label: `Recall@${k}`, value: (r) => r[`recall@${k}`], cell: (r) => number(r[`recall@${k}`], 4), number: true },
        { key: 'rci', label: t('ci'), value: (r) => r[`recall@${k}.ci95`][0], cell: (r) => interval(r[`recall@${k}.ci95`]), number: true },
      ],
      rows,
      { caption: t('evaluation'), file: 'evaluation', filter: false, sort: { key: 'ndcg', down: true } },
    ),
    versus.length > 0 && h('ul', { class: 'quiet' }, versus.map((v) => h('li', {}, v))),
  );
}

function reliability(bins) {
  if (!bins.length) return card(t('reliability'), empty(t('noReliability')));
  const most = Math.max(...bins.flatMap((b) => [b.foretold, b.observed]), 0.01);
  return card(
    t('reliability'),
    h('p', { class: 'hint' }, t('reliabilityLead')),
    chart({
      label: t('reliabilityLabel'),
      height: 280,
      figures: { columns: [t('foretold'), t('observed'), t('pairs')], rows: bins.map((b) => [percent(b.foretold, 2), percent(b.observed, 2), b.n]) },
      option: (c) => ({
        legend: {},
        grid: { left: 8, right: 16, top: 40, bottom: 28, containLabel: true },
        xAxis: { type: 'value', name: t('foretold'), nameLocation: 'middle', nameGap: 24, min: 0, max: most, axisLabel: { formatter: (x) => percent(x) } },
        yAxis: { type: 'value', min: 0, max: most, axisLabel: { formatter: (x) => percent(x) } },
        series: [
          { name: t('perfect'), type: 'line', symbol: 'none', silent: true, data: [[0, 0], [most, most]], lineStyle: { type: 'dashed', color: c.soft }, itemStyle: { color: c.soft } },
          { name: t('observed'), type: 'line', symbolSize: 8, data: bins.map((b) => [b.foretold, b.observed]), itemStyle: { color: c.jade } },
        ],
      }),
    }),
  );
}

/** The product beside the best of the others in each slice; said to be better only where the intervals are apart. */
function slices(report, methods, k, nameOf) {
  const others = methods.filter((m) => m !== 'zhiyin' && m !== 'sequence');
  const kinds = Object.keys(report.slices).filter((d) => report.slices[d].length);
  if (!kinds.length) return card(t('slices'), empty(t('noSlices')));
  const host = h('div', {});
  const pick = h('select', { id: 'dimension' }, kinds.map((d) => h('option', { value: d }, t(`slice.${d}`))));
  const of = (slice, method) => slice.methods[method]?.masked;
  const best = (slice) => others.filter((m) => of(slice, m)).sort((a, b) => of(slice, b)[`ndcg@${k}`] - of(slice, a)[`ndcg@${k}`])[0];
  const verdict = (slice) => {
    const [mine, theirs] = [of(slice, 'zhiyin')?.[`ndcg@${k}.ci95`], of(slice, best(slice))?.[`ndcg@${k}.ci95`]];
    if (!mine || !theirs) return '–';
    return mine[0] > theirs[1] ? t('better') : mine[1] < theirs[0] ? t('worse') : t('same');
  };
  const cell = (figures) => (figures ? h('span', {}, number(figures[`ndcg@${k}`], 4), h('small', { class: 'block' }, interval(figures[`ndcg@${k}.ci95`]))) : '–');
  const draw = () =>
    host.replaceChildren(
      table(
        [
          { key: 'label', label: t(`slice.${pick.value}`), value: (s) => (pick.value === 'category' ? nameOf(s.label) : s.label) },
          { key: 'n', label: t('questions'), value: (s) => s.n, cell: (s) => number(s.n), number: true },
          { key: 'zhiyin', label: t('method.zhiyin'), value: (s) => of(s, 'zhiyin')?.[`ndcg@${k}`], cell: (s) => cell(of(s, 'zhiyin')), number: true },
          { key: 'best', label: t('bestOther'), value: (s) => of(s, best(s))?.[`ndcg@${k}`], cell: (s) => h('span', {}, cell(of(s, best(s))), h('small', { class: 'block' }, best(s) ? t(`method.${best(s)}`) : '')), number: true },
          { key: 'verdict', label: t('verdict'), value: verdict, cell: (s) => h('span', { class: `pill ${verdict(s) === t('better') ? 'good' : verdict(s) === t('worse') ? 'bad' : ''}` }, verdict(s)) },
        ],
        report.slices[pick.value],
        { caption: t('slices'), file: `slices-${pick.value}`, filter: false },
      ),
    );
  pick.addEventListener('change', draw);
  draw();
  return card(t('slices'), h('p', { class: 'hint' }, t('slicesLead', k)), h('div', { class: 'tools' }, h('label', { for: 'dimension' }, t('by')), pick), host);
}
