// What a part of a page shows while it waits, when there is nothing, and when it failed.

import { h, icon } from './dom.js';
import { t } from './i18n.js';
import { clause, problem } from './said.js';

/** Grey lines where the content will be. */
export const busy = (lines = 4) =>
  h('div', { class: 'busy', role: 'status', 'aria-label': t('loading') }, Array.from({ length: lines }, () => h('i', {})));

export const empty = (title, text, ...actions) =>
  h('div', { class: 'blank' }, icon('nothing'), h('h3', {}, title), text && h('p', {}, text), ...actions);

/** A sentence on what failed, its fields, and a way to try again. */
export function failed(error, retry) {
  const text = error.status ? problem(error) : t('offline');
  const fields = error.problem?.errors ?? [];
  return h(
    'div',
    { class: 'blank bad', role: 'alert' },
    icon('warn'),
    h('h3', {}, t('failed')),
    h('p', {}, text),
    fields.length > 0 && h('ul', {}, fields.map((f) => h('li', {}, h('code', {}, f.field), ' ', clause(f.reason)))),
    retry && h('button', { class: 'btn', type: 'button', onclick: retry }, t('again')),
  );
}

/**
 * Fills a part of a page: grey lines, then what was drawn of the result, or why it failed.
 * @param work gives a promise
 * @param draw makes an element, or several, or nothing, of its result
 * @param signal of the route: nothing is drawn once the page was left
 */
export async function into(host, signal, work, draw) {
  host.replaceChildren(busy());
  host.setAttribute('aria-busy', 'true');
  try {
    const drawn = draw(await work());
    if (!signal.aborted) host.replaceChildren(...[drawn].flat().filter(Boolean));
  } catch (error) {
    if (signal.aborted || error.name === 'AbortError') return;
    if (!(error instanceof TypeError) && !error.status) throw error;
    host.replaceChildren(failed(error, () => into(host, signal, work, draw)));
  } finally {
    host.removeAttribute('aria-busy');
  }
}
