// Small tools for making elements; the storefront's, and the console's own drawings.

export { h } from '/assets/dom.js';
import { h } from '/assets/dom.js';

const PATHS = {
  overview: 'M4 19V5M4 19h16M8 15l3.5-4 3 2.5L20 7',
  users: 'M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.5 19.5c.6-3.4 3.2-5 6.5-5s5.9 1.6 6.5 5M16 4.8a3.5 3.5 0 0 1 0 6.4M18.5 14.9c1.700.8 2.700 2.300 3 4.600',
  items: 'M4 7.5 12 3.5l8 4v9l-8 4-8-4zM4 7.5l8 4 8-4M12 11.5v9',
  rules: 'M4 6h9M17 6h3M4 12h3M11 12h9M4 18h11M19 18h1M15 4v4M9 10v4M17 16v4',
  models: 'M12 4v4M12 16v4M5 8.5l4 2M15 13.5l4 2M5 15.5l4-2M15 10.5l4-2M12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z',
  data: 'M12 10c4.400 0 8-1.300 8-3s-3.600-3-8-3-8 1.300-8 3 3.600 3 8 3ZM4 7v10c0 1.700 3.600 3 8 3s8-1.300 8-3V7M4 12c0 1.700 3.600 3 8 3s8-1.300 8-3',
  system: 'M4 5h16v6H4zM4 13h16v6H4zM7.5 8h.01M7.5 16h.01',
  theme: 'M12 3a9 9 0 1 0 9 9 7 7 0 0 1-9-9Z',
  leave: 'M14 4H5v16h9M10 12h11M17.5 8.5 21 12l-3.5 3.5',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM20.5 20.5 16 16',
  down: 'M12 4v11M7 11l5 5 5-5M5 20h14',
  close: 'M6 6l12 12M18 6 6 18',
  plus: 'M12 5v14M5 12h14',
  trash: 'M5 7h14M10 7V4.5h4V7M7 7l1 13h8l1-13',
  warn: 'M12 4 2.5 20h19zM12 10v5M12 17.5h.01',
  good: 'M4.5 12.5 10 18 19.5 7',
  nothing: 'M4 13h4l1.5 2.5h5L16 13h4M4 13l3-8h10l3 8v6H4z',
  up: 'M6 14l6-6 6 6',
  fall: 'M6 10l6 6 6-6',
};

/** A line drawing, hidden from screen readers; what stands around it carries the label. */
export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', 'line');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', PATHS[name] ?? PATHS.nothing);
  svg.append(path);
  return svg;
}

/** A titled part of a page. */
export const card = (title, ...children) =>
  h('section', { class: 'card' }, title && h('h2', {}, title), ...children);

/** A modal dialog that closes on Escape, on its button and on a click beside it. */
export function dialog(title, closeLabel, ...children) {
  const close = h('button', { class: 'icon', type: 'button', 'aria-label': closeLabel, onclick: () => el.close() }, icon('close'));
  const el = h('dialog', { 'aria-label': title }, h('div', { class: 'dhead' }, h('h2', {}, title), close), h('div', { class: 'dbody' }, ...children));
  el.addEventListener('click', (e) => e.target === el && el.close());
  el.addEventListener('close', () => el.remove());
  document.body.append(el);
  el.showModal();
  return el;
}

let silence;

/** Says something that was done, for some seconds and to screen readers. */
export function tell(text, bad = false) {
  const box = document.getElementById('told');
  box.replaceChildren(h('p', { class: bad ? 'bad' : '' }, icon(bad ? 'warn' : 'good'), text));
  clearTimeout(silence);
  silence = setTimeout(() => box.replaceChildren(), 6000);
}

/** Calls work once the calls have paused for so long. */
export function settled(work, millis = 250) {
  let timer;
  return (...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => work(...args), millis);
  };
}
