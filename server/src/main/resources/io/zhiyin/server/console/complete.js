// A field for conditions, with the names of the server's fields as one types.

import { h } from './dom.js';

let count = 0;

/**
 * A text area whose words complete from a list of fields: arrows choose, Enter or Tab takes, Escape closes.
 * @param fields [{name, type}]
 * @param props of the text area
 * @returns {box, area}: what goes into the page, and the text area in it
 */
export function conditions(fields, props) {
  const id = `fields-${(count += 1)}`;
  const list = h('ul', { class: 'options', role: 'listbox', id, hidden: true });
  const area = h('textarea', { rows: 2, spellcheck: 'false', autocomplete: 'off', role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': id, ...props });
  let chosen = 0;

  /** The word before the caret; a condition's texts in quotes have none. */
  function word() {
    const before = area.value.slice(0, area.selectionStart);
    if ((before.replaceAll('\\"', '').split('"').length + before.split("'").length) % 2) return null;
    return before.match(/[A-Za-z_][\w.]*$/)?.[0] ?? '';
  }

  function close() {
    list.hidden = true;
    area.setAttribute('aria-expanded', 'false');
    area.removeAttribute('aria-activedescendant');
  }

  function mark() {
    for (const [i, option] of [...list.children].entries()) option.setAttribute('aria-selected', i === chosen);
    area.setAttribute('aria-activedescendant', `${id}-${chosen}`);
    list.children[chosen]?.scrollIntoView({ block: 'nearest' });
  }

  function suggest() {
    const typed = word();
    const found = typed ? fields.filter((f) => f.name.toLowerCase().startsWith(typed.toLowerCase()) && f.name !== typed) : [];
    if (!found.length) return close();
    chosen = 0;
    list.replaceChildren(...found.map((f, i) => h('li', { role: 'option', id: `${id}-${i}`, onmousedown: (e) => { e.preventDefault(); take(f); } }, h('code', {}, f.name), h('span', { class: 'quiet' }, f.type))));
    list.hidden = false;
    area.setAttribute('aria-expanded', 'true');
    mark();
  }

  function take(field) {
    const at = area.selectionStart;
    area.setRangeText(field.name, at - word().length, at, 'end');
    close();
    area.dispatchEvent(new Event('input', { bubbles: true }));
    area.focus();
  }

  area.addEventListener('input', suggest);
  area.addEventListener('blur', close);
  area.addEventListener('keydown', (e) => {
    if (list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
    if (step) {
      chosen = (chosen + step + list.children.length) % list.children.length;
      mark();
    } else if (e.key === 'Enter' || e.key === 'Tab') {
      take({ name: list.children[chosen].firstChild.textContent });
    } else if (e.key === 'Escape') {
      close();
    } else {
      return;
    }
    e.preventDefault();
    e.stopPropagation();
  });
  return { box: h('div', { class: 'completed' }, area, list), area };
}
