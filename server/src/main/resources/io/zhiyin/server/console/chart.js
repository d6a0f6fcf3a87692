// Charts with ECharts, loaded with the first one; each has its figures as a table beside it.

import { h } from './dom.js';
import { t } from './i18n.js';

let library;

/** ECharts; the file sets a global. */
async function load() {
  library ??= import('./echarts.js').then(() => globalThis.echarts);
  return library;
}

const NAMES = ['ink', 'soft', 'line', 'surface', 'jade', 'cinnabar', 'c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7', 'c8'];

/** The page's colours as they are now: {ink, soft, line, surface, jade, cinnabar, series: […]}. */
export function colours() {
  const style = getComputedStyle(document.documentElement);
  const found = Object.fromEntries(NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
  return { ...found, series: NAMES.filter((n) => /^c\d$/.test(n)).map((n) => found[n]) };
}

function themed(option, c) {
  const axis = { axisLine: { lineStyle: { color: c.line } }, axisTick: { show: false }, axisLabel: { color: c.soft }, splitLine: { lineStyle: { color: c.line } }, nameTextStyle: { color: c.soft } };
  const axes = (given) => given && [given].flat().map((a) => ({ ...axis, ...a, axisLabel: { ...axis.axisLabel, ...a.axisLabel }, splitLine: { ...axis.splitLine, ...a.splitLine } }));
  return {
    color: c.series,
    animation: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    animationDuration: 300,
    textStyle: { color: c.ink, fontFamily: getComputedStyle(document.body).fontFamily },
    grid: { left: 8, right: 16, top: 28, bottom: 8, containLabel: true },
    ...option,
    legend: option.legend && { textStyle: { color: c.ink }, icon: 'roundRect', itemHeight: 8, itemWidth: 14, type: 'scroll', top: 0, ...option.legend },
    // as text on the canvas: the page's policy lets no HTML have styles of its own
    tooltip: option.tooltip && { renderMode: 'richText', confine: true, backgroundColor: c.surface, borderColor: c.line, textStyle: { color: c.ink }, ...option.tooltip },
    xAxis: axes(option.xAxis),
    yAxis: axes(option.yAxis),
  };
}

/**
 * A chart that follows the theme and the width of the page.
 * @param label what it shows, in a sentence; what a screen reader says
 * @param option gives ECharts' option for the page's colours; axes, tooltip and legend get theirs by themselves
 * @param figures {columns: [label…], rows: [[…]…]}: the same as a table; rows may be a function
 * @param height in pixels
 * @returns an element; its `redraw()` draws anew what `option` gives now
 */
export function chart({ label, option, figures, height = 260 }) {
  const plot = h('div', { class: 'plot', role: 'img', 'aria-label': label });
  plot.style.height = `${height}px`;
  const details = figures && h('details', { class: 'figures' }, h('summary', {}, t('asTable')));
  const figure = h('figure', { class: 'chart' }, plot, details);
  let drawn = null;
  const draw = () => drawn?.setOption(themed(option(colours()), colours()), { notMerge: true });
  const tabulate = () => details?.open && details.replaceChildren(details.firstChild, figureTable(label, figures));
  details?.addEventListener('toggle', tabulate);
  // a chart may be made long before it stands on the page, and is told of its size, none, until it does
  let stood = false;
  const sizes = new ResizeObserver(() => {
    if (!plot.isConnected) return stood && end();
    stood = true;
    if (drawn) drawn.resize();
    else begin();
  });

  function end() {
    sizes.disconnect();
    document.removeEventListener('theme', draw);
    drawn?.dispose();
    drawn = null;
  }

  async function begin() {
    const echarts = await load();
    if (drawn || !plot.isConnected) return;
    drawn = echarts.init(plot);
    draw();
    document.addEventListener('theme', draw);
    plot.dataset.drawn = 'true';
  }

  load(); // before the chart stands, so that it is there at once
  sizes.observe(plot);
  figure.redraw = () => {
    draw();
    tabulate();
  };
  return figure;
}

function figureTable(label, { columns, rows }) {
  const lines = typeof rows === 'function' ? rows() : rows;
  return h(
    'div',
    { class: 'wide', role: 'region', tabindex: 0, 'aria-label': label },
    h('table', {}, h('caption', { class: 'visually-hidden' }, label), h('thead', {}, h('tr', {}, columns.map((c, i) => h('th', { scope: 'col', class: typeof lines[0]?.[i] === 'number' ? 'number' : '' }, c)))), h('tbody', {}, lines.map((row) => h('tr', {}, row.map((cell) => h('td', { class: typeof cell === 'number' ? 'number' : '' }, cell ?? '–')))))),
  );
}
