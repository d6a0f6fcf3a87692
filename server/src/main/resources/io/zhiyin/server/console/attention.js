// What the model in use looks at: for each layer and head, where an event of a shopper reads from.

import { WORDS } from './words-models.js';
import { call, items, query } from './api.js';
import { card, h, icon } from './dom.js';
import { empty, into } from './state.js';
import { number, percent, time, titleOf, words } from './i18n.js';

const t = words(WORDS);
const NEWEST = 14;

export async function attention(model, signal) {
  const host = h('div', {});
  const user = h('input', { id: 'who', type: 'search', autocomplete: 'off', spellcheck: 'false', required: true });
  const form = h('form', { class: 'tools' }, h('label', { for: 'who' }, t('user')), user, h('button', { class: 'btn', 'data-act': 'attend' }, t('look')));
  const seen = (back) =>
    call(`/v1/models/${encodeURIComponent(model)}/attention${query({ userId: user.value.trim(), back })}`, { signal }).catch((e) => {
      if (e.status === 409) return null;
      throw e;
    });
  const nothing = () => empty(t('noAttention'), t('noAttentionLead'));
  const look = () =>
    into(host, signal, async () => {
      const found = await seen();
      return found && { found, known: await items(found.events.map((e) => e.itemId), signal) };
    }, (drawn) => (drawn ? chosen(drawn.found, drawn.known) : nothing()));

  /** The picture, of the newest event at first, and the choice of another. */
  function chosen(newest, known) {
    const picture = h('div', {}, table(newest, known));
    const from = h('select', { id: 'seen-from' }, [...newest.events].reverse().map((e, i) => h('option', { value: e.back }, `${i ? '' : `${t('newest')}: `}${t(`event.${e.eventType}`)} ${nameOf(e, known)}`)));
    from.addEventListener('change', () =>
      into(picture, signal, async () => {
        const found = await seen(from.value);
        // a window that begins earlier has events that the newest does not read
        return found && { found, known: await items(found.events.map((e) => e.itemId), signal) };
      }, (drawn) => (drawn ? table(drawn.found, drawn.known) : nothing())),
    );
    return [h('p', { class: 'row' }, h('label', { for: 'seen-from' }, t('seenFrom')), from), h('p', { class: 'hint' }, t(newest.shares ? 'attentionShares' : 'attentionSigned')), picture];
  }

  form.addEventListener('submit', (e) => { e.preventDefault(); look(); });
  const { shoppers } = await call('/v1/shoppers/sample', { signal });
  const first = shoppers[0]?.userId;
  if (first) {
    user.value = first;
    look();
  }
  return card(t('attention'), h('p', { class: 'hint' }, t('attentionLead')), form, host, h('p', { class: 'hint' }, icon('warn'), ' ', t('attentionWarn')));
}

const nameOf = (e, known) => (known.has(e.itemId) ? titleOf(known.get(e.itemId)) : e.itemId);

function table({ events, rows, shares }, known) {
  const from = Math.max(0, events.length - NEWEST);
  const most = Math.max(...rows.flatMap((r) => r.weights.map(Math.abs)), 1e-9);
  const written = (weight, digits) => (shares ? percent(weight, digits - 1) : number(weight, digits + 1));
  const cell = (weight, label) => {
    const td = h('td', { title: `${label}: ${written(weight, 2)}` }, h('span', { class: 'visually-hidden' }, written(weight, 1)));
    const strength = Math.min(100, Math.round((100 * Math.abs(weight)) / most));
    td.style.background = `color-mix(in srgb, var(--${weight < 0 ? 'cinnabar' : 'jade'}) ${strength}%, var(--sunken))`;
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
        events.slice(from).map((e, i) => h('tr', {}, h('th', { scope: 'row', title: time(e.eventTime) }, h('span', { class: 'quiet' }, t(`event.${e.eventType}`)), ' ', nameOf(e, known)), rows.map((r) => cell(r.weights[from + i], headOf(r))))),
      ),
    ),
  );
}
