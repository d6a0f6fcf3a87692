// A table that sorts, filters and goes out as CSV.

import { h, icon, settled } from './dom.js';
import { empty } from './state.js';
import { t } from './i18n.js';

const STEP = 100;

/**
 * @param columns [{key, label, value(row): what is sorted, filtered and exported, cell?(row): what is shown, number?}]
 * @param rows of any kind
 * @param options {caption, sort: {key, down}, filter: false to leave the box out, file: name of the CSV file, none: what an empty table says}
 * @returns an element; its `update(rows)` puts other rows in and keeps order and filter
 */
export function table(columns, rows, { caption, sort, filter = true, file = 'zhiyin', none } = {}) {
  let order = sort ?? null;
  let sought = '';
  let limit = STEP;
  let all = rows;
  const head = h('tr', {});
  const body = h('tbody', {});
  const count = h('span', { class: 'quiet', 'aria-live': 'polite' });
  const more = h('button', { class: 'btn small', type: 'button', onclick: () => { limit += STEP; draw(); } }, t('more'));
  const box = h('input', { type: 'search', 'aria-label': `${t('filter')}: ${caption}`, placeholder: t('filter'), oninput: settled((e) => { sought = e.target.value.trim().toLowerCase(); limit = STEP; draw(); }, 120) });
  const csv = h('button', { class: 'btn small', type: 'button', 'aria-label': t('csvOf', caption), onclick: () => save(`${file}.csv`, columns, chosen()) }, icon('down'), t('csv'));

  function chosen() {
    const found = sought ? all.filter((row) => columns.some((c) => String(c.value(row) ?? '').toLowerCase().includes(sought))) : all;
    const by = order && columns.find((c) => c.key === order.key);
    return by ? [...found].sort((a, b) => compare(by.value(a), by.value(b)) * (order.down ? -1 : 1)) : found;
  }

  function headers() {
    head.replaceChildren(
      ...columns.map((c) => {
        const mine = order?.key === c.key;
        const button = h('button', { type: 'button', onclick: () => { order = { key: c.key, down: mine ? !order.down : Boolean(c.number) }; headers(); draw(); head.children[columns.indexOf(c)].firstChild.focus(); } }, c.label, mine && icon(order.down ? 'fall' : 'up'));
        return h('th', { scope: 'col', class: c.number ? 'number' : '', 'aria-sort': mine ? (order.down ? 'descending' : 'ascending') : 'none' }, button);
      }),
    );
  }

  function draw() {
    const found = chosen();
    body.replaceChildren(...found.slice(0, limit).map((row) => h('tr', {}, columns.map((c) => h('td', { class: c.number ? 'number' : '' }, c.cell ? c.cell(row) : (c.value(row) ?? '–'))))));
    if (!found.length) body.append(h('tr', {}, h('td', { colspan: columns.length, class: 'quiet' }, t('noRows'))));
    count.textContent = t('rows', found.length, all.length);
    more.hidden = found.length <= limit;
  }

  const whole = h('div', { class: 'tabled' });
  whole.update = (other) => {
    all = other;
    if (all.length) {
      draw();
      if (!head.children.length) headers();
      if (!whole.querySelector('table')) whole.replaceChildren(...parts);
    } else {
      whole.replaceChildren(empty(none ?? t('nothing')));
    }
  };
  const parts = [
    h('div', { class: 'tools' }, filter && box, count, csv),
    h('div', { class: 'wide', role: 'region', tabindex: 0, 'aria-label': caption }, h('table', {}, h('caption', { class: 'visually-hidden' }, caption), h('thead', {}, head), body)),
    more,
  ];
  whole.update(rows);
  return whole;
}

/** Numbers by size, texts as the language orders them, what is missing last. */
function compare(a, b) {
  if (a === b) return 0;
  if (a === undefined || a === null || Number.isNaN(a)) return 1;
  if (b === undefined || b === null || Number.isNaN(b)) return -1;
  return typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), document.documentElement.lang, { numeric: true });
}

/** One field of a CSV file; a text that a spreadsheet would take for a formula is marked as text. */
export function field(value) {
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value ?? '');
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function save(name, columns, rows) {
  const lines = [columns.map((c) => c.label), ...rows.map((row) => columns.map((c) => c.value(row)))];
  const text = `\ufeff${lines.map((line) => line.map(field).join(',')).join('\r\n')}\r\n`;
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  h('a', { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
