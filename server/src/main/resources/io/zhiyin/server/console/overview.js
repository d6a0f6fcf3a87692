// Overview: how the shop does at this moment, and what the lists brought.

import { WORDS } from './words-overview.js';
import { call, query } from './api.js';
import { card, dialog, h, icon } from './dom.js';
import { chart } from './chart.js';
import { empty, into } from './state.js';
import { language, money, number, percent, t as shell, time, words } from './i18n.js';
import { note } from './pages.js';
import { listen } from './live.js';
import { table } from './table.js';

const t = words(WORDS);
const SPANS = ['1', '7', '30', '90'];
const RATES = [['ctr', 'ctr'], ['cart-rate', 'cartRate'], ['favorite-rate', 'favoriteRate'], ['purchase-rate', 'purchaseRate']];
let definitions = null;
let currency = null;

/** The currency of the shop's items, for purchases that name none; empty where items differ or none is known. */
async function ownCurrency(signal) {
  const { items } = await call(`/v1/items:find${query({ n: 50 })}`, { signal });
  const all = new Set(items.map(({ item }) => item.currency ?? ''));
  return all.size === 1 ? [...all][0] : '';
}

export async function page(main, route) {
  const { signal } = route;
  definitions ??= await call('/v1/metrics/definitions', { signal });
  currency ??= await ownCurrency(signal);
  const alerts = h('div', { 'aria-live': 'polite', class: 'alerts' });
  const tiles = liveTiles();
  const sums = h('div', {});
  const course = h('section', { class: 'card' });
  const days = () => (SPANS.includes(route.query.get('days')) ? route.query.get('days') : '7');
  const drawSums = () => into(sums, signal, () => call(`/v1/metrics/summary${query(span(days()))}`, { signal }), summary);
  const drawCourse = () => drawSeries(course, route, span(days()), drawCourse);
  const spans = h('select', { id: 'span' }, SPANS.map((d) => h('option', { value: d, selected: d === days() }, t('days', Number(d)))));
  spans.addEventListener('change', () => {
    note(route, { days: spans.value });
    drawSums();
    drawCourse();
  });
  main.replaceChildren(h('h1', {}, t('overview')), h('p', { class: 'lead' }, t('lead')), alerts, tiles.element, h('div', { class: 'row span' }, h('label', { for: 'span' }, t('span')), spans), sums, course);
  listen(signal, (now) => { tiles.show(now); showAlerts(alerts, now); }, () => { tiles.lost(); });
  await Promise.all([drawSums(), drawCourse()]);
}

const span = (days) => ({ from: new Date(Date.now() - days * 86_400_000).toISOString(), to: new Date().toISOString() });

/** A figure's title with the way to its definition. */
function named(metric, title) {
  const found = definitions.metrics.find((m) => m.metric === metric) ?? definitions.figures.find((f) => f.figure === metric);
  const lang = language();
  const name = title ?? found.title[lang];
  const open = () =>
    dialog(
      found.title[lang],
      t('close'),
      h('p', {}, found.definition[lang]),
      found.unit === 'share' && h('p', { class: 'quiet' }, definitions.intervals[lang]),
      h('h3', {}, t('leftOut')),
      h('p', { class: 'quiet' }, definitions.excluded[lang]),
      h('p', { class: 'quiet' }, t('zone', definitions.hoursKeptDays)),
    );
  return h('span', { class: 'named' }, name, h('button', { type: 'button', class: 'what', 'aria-label': t('whatIs', found.title[lang]), onclick: open }, '?'));
}

const share = (rate) => (rate.value === null ? '–' : percent(rate.value, rate.value < 0.1 ? 2 : 1));
const range = (rate) => (rate.value === null ? t('nothingShown') : t('interval', percent(rate.low, 2), percent(rate.high, 2)));

function liveTiles() {
  const cells = {};
  const tile = (id, label) => {
    cells[id] = h('dd', {}, '–');
    cells[`${id}-more`] = h('small', {}, '');
    return h('div', { class: 'tile', 'data-tile': id }, h('dt', {}, label), cells[id], h('dd', { class: 'aside' }, cells[`${id}-more`]));
  };
  const state = h('p', { class: 'quiet', role: 'status' }, t('connecting'));
  const element = h(
    'section',
    { 'aria-label': t('now') },
    state,
    h('dl', { class: 'tiles' }, tile('events', named('events-per-second')), tile('lists', named('lists-per-second')), tile('latency', named('list-time')), tile('degraded', named('degraded'))),
    h('dl', { class: 'tiles' }, tile('ctr', named('ctr')), tile('cart', named('cart-rate')), tile('purchase', named('purchase-rate'))),
  );
  const put = (id, value, more = '') => {
    cells[id].textContent = value;
    cells[`${id}-more`].textContent = more;
  };
  return {
    element,
    lost: () => { state.textContent = t('noConnection'); state.className = 'bad'; },
    show: (now) => {
      state.className = 'quiet';
      state.textContent = t('live', new Date(now.lastHour.since).toLocaleTimeString(language() === 'zh' ? 'zh-CN' : 'en', { timeStyle: 'short' }));
      state.dataset.live = 'true';
      put('events', number(now.eventsPerSecond, 1));
      put('lists', number(now.recommendationsPerSecond, 1), t('inMinute', number(now.recommendationsInMinute)));
      put('latency', now.p50Millis === undefined ? '–' : t('millis', number(now.p50Millis, 1)), now.p99Millis === undefined ? t('noLists') : t('within', number(now.p99Millis, 1)));
      put('degraded', now.degradedShare === undefined ? '–' : percent(now.degradedShare, 1), t('refused', number(now.refusedInMinute)));
      put('ctr', share(now.lastHour.ctr), range(now.lastHour.ctr));
      put('cart', share(now.lastHour.cartRate), range(now.lastHour.cartRate));
      put('purchase', share(now.lastHour.purchaseRate), range(now.lastHour.purchaseRate));
    },
  };
}

/** Where each alert can be looked into. */
const WHERE = { 'no-events': 'data', 'stale-model': 'models' };

function showAlerts(host, now) {
  const seen = now.alerts.map((a) => a[language()]).join('\n');
  if (host.dataset.seen === seen) return;
  host.dataset.seen = seen;
  host.replaceChildren(...now.alerts.map((a) => h('p', { class: 'alert', 'data-code': a.code }, icon('warn'), h('span', {}, a[language()], ' ', h('a', { href: `#/${WHERE[a.code] ?? 'system'}` }, shell(WHERE[a.code] ?? 'system'))))));
}

function summary(sum) {
  if (sum.events === 0) return card(t('brought'), empty(t('nothingYet'), t('nothingYetLead'), h('a', { class: 'btn', href: '/' }, t('storefront'))));
  return [
    sum.eventsBehind > 1000 && h('p', { class: 'alert' }, icon('warn'), t('behind', number(sum.eventsBehind))),
    card(t('brought'), scenarios(sum)),
    h('div', { class: 'pair' }, card(named('funnel'), funnel(sum)), card(t('revenue'), revenue(sum))),
  ];
}

function scenarios(sum) {
  const rate = (metric, field) => ({ key: field, label: definitions.metrics.find((m) => m.metric === metric).title[language()], value: (s) => s[field].value, cell: (s) => h('span', {}, share(s[field]), h('small', { class: 'under' }, range(s[field]))), number: true });
  const rows = [...sum.scenarios, { ...sum.total, scenario: null }];
  const whole = table(
    [
      { key: 'scenario', label: t('scenario'), value: (s) => nameOf(s.scenario), cell: (s) => (s.scenario === null ? h('strong', {}, t('together')) : nameOf(s.scenario)) },
      { key: 'impressions', label: t('impressions'), value: (s) => s.impressions, cell: (s) => number(s.impressions), number: true },
      ...RATES.map(([metric, field]) => rate(metric, field)),
      { key: 'revenue', label: t('attributed'), value: (s) => sortable(s.attributedRevenue), cell: (s) => amounts(s.attributedRevenue), number: true },
    ],
    rows,
    { caption: t('brought'), file: 'scenarios', filter: false },
  );
  const asked = ['impressions', ...RATES.map(([metric]) => metric), 'attributed-revenue'];
  return h('div', {}, whole, h('p', { class: 'defs' }, t('definitions'), asked.map((metric) => named(metric))));
}

const nameOf = (scenario) => (scenario === null ? t('together') : scenario === '' ? t('unnamed') : shell(scenario));
/** Sums by currency; those that name none are in the shop's own. */
function byCurrency(list) {
  const sums = new Map();
  for (const m of list) sums.set(m.currency || currency, (sums.get(m.currency || currency) ?? 0) + m.amount);
  return sums;
}

const amounts = (list) => [...byCurrency(list)].map(([its, amount]) => money(amount, its)).join(', ') || '–';

/** A number where there is one currency, so that it can be sorted and counted with. */
const sortable = (list) => (byCurrency(list).size > 1 ? amounts(list) : ([...byCurrency(list).values()][0] ?? 0));

function funnel(sum) {
  const most = Math.max(1, ...sum.funnel.map((f) => f.shoppers));
  return h(
    'div',
    {},
    h('ol', { class: 'funnel' }, sum.funnel.map((f) => {
      const bar = h('i', { 'aria-hidden': 'true' });
      bar.style.width = `${Math.max(1, (100 * f.shoppers) / most)}%`;
      return h('li', { 'data-step': f.step }, h('span', {}, t(f.step)), bar, h('b', {}, t('shoppers', number(f.shoppers))), h('small', {}, t('times', number(f.events))));
    })),
    h('p', { class: 'quiet' }, t('funnelLead')),
    h('p', { class: 'quiet' }, t('excluded', number(sum.excluded.bot), number(sum.excluded.internal))),
  );
}

function revenue(sum) {
  if (!sum.revenue.length) return empty(t('noRevenue'), t('noRevenueLead'));
  const [clicks, views] = [byCurrency(sum.total.attributedRevenue), byCurrency(sum.total.viewRevenue)];
  return h(
    'div',
    {},
    [...byCurrency(sum.revenue)].map(([its, amount]) => {
      const clicked = clicks.get(its) ?? 0;
      const viewed = views.get(its) ?? 0;
      return h('dl', { class: 'money' }, h('div', {}, h('dt', {}, named('revenue')), h('dd', {}, money(amount, its))), h('div', {}, h('dt', {}, named('attributed-revenue')), h('dd', {}, money(clicked, its), h('small', {}, ` ${percent(clicked / amount, 1)}`))), h('div', {}, h('dt', {}, named('view-revenue')), h('dd', {}, money(viewed, its), h('small', {}, ` ${percent(viewed / amount, 1)}`))));
    }),
    sum.unpricedLines > 0 && h('p', { class: 'quiet' }, t('unpriced', number(sum.unpricedLines))),
  );
}

function drawSeries(host, route, { from, to }, again) {
  const metric = definitions.metrics.some((m) => m.metric === route.query.get('metric')) ? route.query.get('metric') : 'ctr';
  const step = new Date(to) - new Date(from) > 2 * 86_400_000 ? 'day' : 'hour';
  const choice = h('select', { id: 'metric' }, definitions.metrics.map((m) => h('option', { value: m.metric, selected: m.metric === metric }, m.title[language()])));
  choice.addEventListener('change', () => {
    note(route, { metric: choice.value });
    again();
  });
  const plot = h('div', {});
  host.replaceChildren(h('h2', {}, t('course')), h('div', { class: 'row' }, h('label', { for: 'metric' }, t('figure')), choice, named(metric, ' ')), plot);
  return into(plot, route.signal, () => call(`/v1/metrics/series${query({ metric, step, from, to })}`, { signal: route.signal }), (series) => curve(series, step));
}

function curve(series, step) {
  if (!series.points.length) return empty(t('nothing'), t('nothingYetLead'));
  const title = definitions.metrics.find((m) => m.metric === series.metric).title[language()];
  const share = series.unit === 'share';
  const lines = series.unit === 'money' ? ofMoney(series.points) : [{ name: title, value: (p) => p.value, shown: share ? (v) => percent(v, 2) : (v) => number(v) }];
  const at = (p) => Date.parse(p.time);
  const quiet = { type: 'line', symbol: 'none', silent: true, stack: 'interval', lineStyle: { opacity: 0 }, tooltip: { show: false } };
  return chart({
    label: t('courseOf', title),
    option: (c) => ({
      tooltip: { trigger: 'axis', valueFormatter: lines[0].shown },
      legend: lines.length > 1 ? {} : undefined,
      xAxis: { type: 'time', axisLabel: step === 'day' ? { formatter: '{MM}-{dd}' } : {} },
      yAxis: { type: 'value', axisLabel: { formatter: (v) => (share ? percent(v, 1) : number(v)) } },
      series: [
        ...(share ? [{ ...quiet, data: series.points.map((p) => [at(p), p.low ?? null]) }, { ...quiet, areaStyle: { color: c.jade, opacity: 0.14 }, data: series.points.map((p) => [at(p), p.high === undefined ? null : p.high - p.low]) }] : []),
        ...lines.map(({ name, value, shown }, i) => ({ name, type: 'line', symbolSize: 5, tooltip: { valueFormatter: shown }, data: series.points.map((p) => [at(p), value(p)]), color: i ? c.series[i % c.series.length] : c.jade })),
      ],
    }),
    figures: { columns: [t('time'), ...lines.map(({ name }) => name), ...(share ? [t('low'), t('high')] : [])], rows: () => series.points.map((p) => [time(p.time), ...lines.map(({ value, shown }) => shown(value(p))), ...(share ? [percent(p.low, 2), percent(p.high, 2)] : [])]) },
  });
}

/** A line for each currency: sums of different ones would mean nothing. */
function ofMoney(points) {
  const all = new Set(points.flatMap((p) => [...byCurrency(p.amounts).keys()]));
  return [...(all.size ? all : [currency])].map((its) => ({ name: its || t('revenue'), value: (p) => byCurrency(p.amounts).get(its) ?? 0, shown: (v) => money(v, its) }));
}
