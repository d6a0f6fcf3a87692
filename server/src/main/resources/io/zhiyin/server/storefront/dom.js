// Small tools for making elements.

/** An element; properties starting with "on" are listeners, others attributes. Text is never HTML. */
export function h(tag, props = {}, ...children) {
  const el = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (value === false || value === null || value === undefined) continue;
    if (key.startsWith('on')) el.addEventListener(key.slice(2), value);
    else if (key === 'class') el.className = value;
    else el.setAttribute(key, value === true ? '' : String(value));
  }
  el.append(...children.flat().filter((c) => c !== null && c !== undefined && c !== false));
  return el;
}

const PATHS = {
  cart: 'M3 4h2l2.4 11.2a1.5 1.5 0 0 0 1.5 1.2h7.9a1.5 1.5 0 0 0 1.5-1.1L20.5 8H6.2M9.5 20.2h.01M17 20.2h.01',
  heart: 'M12 20.3C5 15.6 3 12.2 3 8.8A4.8 4.8 0 0 1 7.8 4c1.7 0 3.2.9 4.2 2.4C13 4.9 14.5 4 16.2 4A4.8 4.8 0 0 1 21 8.8c0 3.4-2 6.8-9 11.5Z',
  plus: 'M12 5v14M5 12h14',
  close: 'M6 6l12 12M18 6L6 18',
  theme: 'M12 3a9 9 0 1 0 9 9 7 7 0 0 1-9-9Z',
  spark: 'M12 3l1.9 5.6L19.5 10.5l-5.6 1.9L12 18l-1.9-5.6L4.5 10.5l5.6-1.9zM19 16.5v4M17 18.5h4',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM15.5 15.5 20 20',
  never: 'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16ZM6.5 6.5l11 11',
  trash: 'M5 7h14M10 7V4.5h4V7M7 7l1 13h8l1-13',
};

/** A line drawing, hidden from screen readers; the button around it carries the label. */
export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', 'line');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}

/** A modal dialog that closes on Escape, on its button and on a click beside it. */
export function dialog(kind, title, closeLabel, ...children) {
  const close = h('button', { class: 'icon', 'aria-label': closeLabel, onclick: () => el.close() }, icon('close'));
  const el = h(
    'dialog',
    { class: kind, 'aria-label': title },
    h('div', { class: 'dhead' }, h('h2', {}, title), close),
    ...children,
  );
  el.addEventListener('click', (e) => e.target === el && el.close());
  el.addEventListener('close', () => el.remove());
  document.body.append(el);
  el.showModal();
  return el;
}
