// What the model in use looks at: for each layer and head, where the newest event reads from.

import { WORDS } from './words-models.js';
import { call, items, query } from './api.js';
import { card, h, icon } from './dom.js';
import { empty, into } from './state.js';
import { percent, time, titleOf, words } from './i18n.js';

const t = words(WORDS);
const NEWEST = 14;

export async function attention(model, signal) {
  const host = h('div', {});
  const user = h('input', { id: 'who', type: 'search', autocomplete: 'off', spellcheck: 'false', required: true });
  const form = h('form', { class: 'tools' }, h('label', { for: 'who' }, t('user')), user, h('button', { class: 'btn', 'data-act': 'attend' }, t('look')));
  const look = () =>
    into(host, signal, async () => {
      const found = await call(`/v1/models/${encodeURIComponent(model)}/attention${query({ userId: user.value.trim() })}`, { signal }).catch((e) => {
        if (e.status === 409) return null;
        throw e;
      });
      return found && { found, known: await items(found.events.slice(-NEWEST).map((e) => e.itemId), signal) };
    }, (drawn) => (drawn ? picture(drawn.found, drawn.known) : empty(t('noAttention'), t('noAttentionLead'))));
  form.addEventListener('submit', (e) => { e.preventDefault(); look(); });
  const { shoppers } = await call('/v1/shoppers/sample', { signal });
  const first = shoppers[0]?.userId;
  if (first) {
    user.value = first;
    look();
  }
  return card(t('attention'), h('p', { class: 'hint' }, t('attentionLead')), form, host, h('p', { class: 'hint' }, icon('warn'), ' ', t('attentionWarn')));
}

function picture({ events, rows }, known) {
  const from = Math.max(0, events.length - NEWEST);
  const shown = events.slice(from);
  const nameOf = (e) => (known.has(e.itemId) ? titleOf(known.get(e.itemId)) : e.itemId);
  const most = Math.max(...rows.flatMap((r) => r.weights));
  const cell = (weight, label) => {
    const td = h('td', { title: `${label}: ${percent(weight, 1)}` }, h('span', { class: 'visually-hidden' }, percent(weight)));
    td.style.background = `color-mix(in srgb, var(--jade) ${Math.round((100 * weight) / most)}%, var(--sunken))`;
    return td;
  };
  const older = (r) => r.weights.slice(0, from).reduce((sum, x) => sum + x, 0);
  const headOf = (r) => t('head', r.layer, r.head);
  return h(
    'div',
    { class: 'wide', role: 'region', tabindex: 0, 'aria-label': t('attention') },
    h(
      'table',
      { class: 'heat attends' },
      h('caption', { class: 'visually-hidden' }, t('attention')),
      h('thead', {}, h('tr', {}, h('td', {}), rows.map((r) => h('th', { scope: 'col' }, headOf(r))))),
      h(
        'tbody',
        {},
        from > 0 && h('tr', {}, h('th', { scope: 'row' }, t('olderEvents', from)), rows.map((r) => cell(older(r), headOf(r)))),
        shown.map((e, i) => h('tr', {}, h('th', { scope: 'row', title: time(e.eventTime) }, h('span', { class: 'quiet' }, t(`event.${e.eventType}`)), ' ', nameOf(e)), rows.map((r) => cell(r.weights[from + i], headOf(r))))),
      ),
    ),
  );
}
