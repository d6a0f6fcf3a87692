// A user's interests and hours as pictures.

import { WORDS } from './words-users.js';
import { card, h } from './dom.js';
import { chart } from './chart.js';
import { empty } from './state.js';
import { language, number, percent, words } from './i18n.js';

const t = words(WORDS);
const MOST = 8;
const ZONE = 'zhiyin.console.zone';

/** Shares of interest as bars, the largest on top; `nameOf` words an interest. */
export function interests(title, all, nameOf) {
  const shown = all.slice(0, MOST);
  if (!shown.length) return card(title, empty(t('tooLittle')));
  return card(title, bars(title, shown.map(nameOf), shown.map((i) => i.share)));
}

/** Fifths of the prices within each item's category, cheapest first. */
export function bands(all) {
  if (!all.length) return card(t('priceBand'), empty(t('tooLittle')));
  const shares = Array.from({ length: 5 }, (_, fifth) => all.find((i) => i.name === String(fifth))?.share ?? 0);
  return card(t('priceBand'), h('p', { class: 'hint' }, t('bandLead')), bars(t('priceBand'), shares.map((_, i) => t(`band.${i}`)), shares));
}

function bars(title, names, shares) {
  return chart({
    label: t('barsLabel', title, names[shares.indexOf(Math.max(...shares))]),
    height: 46 + 27 * names.length,
    figures: { columns: [title, t('share')], rows: names.map((name, i) => [name, percent(shares[i], 1)]) },
    option: (c) => ({
      grid: { left: 4, right: 44, top: 4, bottom: 4, containLabel: true },
      xAxis: { type: 'value', min: 0, max: Math.max(...shares), axisLabel: { show: false }, splitLine: { show: false }, axisLine: { show: false } },
      yAxis: { type: 'category', inverse: true, data: names, axisLine: { show: false }, axisLabel: { color: c.ink, width: 120, overflow: 'truncate' } },
      series: [{ type: 'bar', data: shares, barMaxWidth: 15, itemStyle: { color: c.jade, borderRadius: [0, 5, 5, 0] }, label: { show: true, position: 'right', color: c.soft, formatter: ({ value }) => percent(value) } }],
    }),
  });
}

const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
const zones = () => [...new Set([own, 'UTC', ...Intl.supportedValuesOf('timeZone')])];

/** How many things were done in each hour of the week, in a zone that one may choose. */
export function heat(history) {
  const grid = h('div', { class: 'wide', role: 'region', tabindex: 0, 'aria-label': t('hours') });
  const kept = localStorage.getItem(ZONE);
  const select = h('select', { id: 'zone' }, zones().map((z) => h('option', { value: z }, z)));
  select.value = zones().includes(kept) ? kept : own;
  const draw = () => grid.replaceChildren(week(history.entries, select.value));
  select.addEventListener('change', () => {
    localStorage.setItem(ZONE, select.value);
    draw();
  });
  draw();
  return card(t('hours'), h('div', { class: 'row spread' }, h('p', { class: 'hint' }, t('hoursLead', number(history.entries.length))), h('span', { class: 'row' }, h('label', { for: 'zone' }, t('zone')), select)), grid);
}

/** Counts [weekday from Monday][hour] in that zone. */
export function counts(entries, zone) {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: zone, weekday: 'short', hour: '2-digit', hourCycle: 'h23' });
  const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
  const result = days.map(() => new Array(24).fill(0));
  for (const entry of entries) {
    const found = Object.fromEntries(parts.formatToParts(new Date(entry.eventTime)).map((p) => [p.type, p.value]));
    result[days.indexOf(found.weekday)][Number(found.hour)] += 1;
  }
  return result;
}

function week(entries, zone) {
  const cells = counts(entries, zone);
  const most = Math.max(1, ...cells.flat());
  const nameOf = (day) => new Date(Date.UTC(2024, 0, 1 + day)).toLocaleDateString(language() === 'zh' ? 'zh-CN' : 'en', { weekday: 'short', timeZone: 'UTC' });
  const cell = (count, hour, day) => {
    const td = h('td', { title: t('hourOf', nameOf(day), hour, count) }, h('span', { class: 'visually-hidden' }, count));
    if (count) td.style.background = `color-mix(in srgb, var(--jade) ${Math.round(18 + (82 * count) / most)}%, var(--surface))`;
    return td;
  };
  return h(
    'table',
    { class: 'heat' },
    h('caption', { class: 'visually-hidden' }, t('hours')),
    h('thead', {}, h('tr', {}, h('td', {}), Array.from({ length: 24 }, (_, hour) => h('th', { scope: 'col' }, hour % 3 ? h('span', { class: 'visually-hidden' }, hour) : hour)))),
    h('tbody', {}, cells.map((hours, day) => h('tr', {}, h('th', { scope: 'row' }, nameOf(day)), hours.map((count, hour) => cell(count, hour, day))))),
  );
}
