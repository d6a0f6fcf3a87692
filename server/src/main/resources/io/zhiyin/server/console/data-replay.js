// One user's past, step by step: the profile and the list as they were after each event.

import { WORDS } from './words-data.js';
import { call, items, query } from './api.js';
import { card, h, icon } from './dom.js';
import { categoryNames, thing } from './item.js';
import { into } from './state.js';
import { language, number, percent, time, words } from './i18n.js';
import { link, note } from './pages.js';

const t = words(WORDS);
const SCENARIOS = ['home-feed', 'cart', 'trending', 'new-arrivals', 'recently-viewed'];

export async function part(host, route) {
  const user = route.parts[1] ?? '';
  const field = h('input', { id: 'user', type: 'search', autocomplete: 'off', spellcheck: 'false', required: true, value: user, placeholder: 'u1' });
  const scenario = h('select', { id: 'scenario' }, SCENARIOS.map((s) => h('option', { value: s }, t(s))));
  scenario.value = SCENARIOS.includes(route.query.get('scenario')) ? route.query.get('scenario') : SCENARIOS[0];
  const go = () => { location.hash = link('data', ['replay', field.value.trim()], { scenario: scenario.value }); };
  const form = h('form', { class: 'tools' }, h('label', { for: 'user' }, t('user')), field, h('label', { for: 'scenario' }, t('scenario')), scenario, h('button', { class: 'btn main' }, t('replay')));
  form.addEventListener('submit', (e) => { e.preventDefault(); go(); });
  const told = h('div', {});
  host.replaceChildren(card(t('part.replay'), h('p', { class: 'hint' }, t('replayLead')), form), told);
  if (!user) return;
  await into(told, route.signal, () => read(user, scenario.value, route.signal), (found) => film(found, route));
}

async function read(user, scenario, signal) {
  const [past, nameOf] = await Promise.all([call(`/v1/users/${encodeURIComponent(user)}/replay${query({ scenario, n: 50, lang: language() })}`, { signal }), categoryNames(signal)]);
  const ids = past.steps.flatMap((s) => [...(s.event.items ?? []).map((i) => i.itemId), ...s.items.map((i) => i.itemId)]);
  return { past, nameOf, known: await items([...new Set(ids)], signal) };
}

function film({ past, nameOf, known }, route) {
  const { steps } = past;
  const asked = steps.findIndex((s) => String(s.number) === route.query.get('at'));
  let at = asked < 0 ? steps.length - 1 : asked;
  const slide = h('input', { type: 'range', id: 'at', min: 0, max: steps.length - 1, value: at });
  const count = h('output', { class: 'quiet', for: 'at' });
  const frame = h('div', { class: 'cols' });
  const back = h('button', { class: 'btn small', type: 'button', 'data-act': 'back', onclick: () => to(at - 1) }, t('earlierStep'));
  const on = h('button', { class: 'btn small', type: 'button', 'data-act': 'on', onclick: () => to(at + 1) }, t('laterStep'));
  slide.addEventListener('input', () => to(Number(slide.value)));

  function to(step) {
    at = Math.min(steps.length - 1, Math.max(0, step));
    slide.value = at;
    slide.setAttribute('aria-valuetext', t('stepOf', steps[at].number, past.total));
    back.disabled = at === 0;
    on.disabled = at === steps.length - 1;
    count.textContent = t('stepOf', steps[at].number, past.total);
    note(route, { at: String(steps[at].number) });
    frame.replaceChildren(happened(steps[at], known, nameOf), profile(steps[at], steps[at - 1], nameOf), slate(steps[at], steps[at - 1], known));
  }
  to(at);
  return [card(t('steps'), h('div', { class: 'row' }, back, h('label', { for: 'at', class: 'visually-hidden' }, t('step')), slide, on, count), steps.length < past.total && h('p', { class: 'hint' }, t('lastOnly', number(steps.length), number(past.total)))), frame];
}

function happened({ event }, known, nameOf) {
  return card(t('happened'), h('p', {}, h('span', { class: 'pill' }, t(`event.${event.eventType}`)), ' ', h('span', { class: 'quiet' }, time(event.eventTime))), event.query && h('p', {}, h('q', {}, event.query)), event.category && h('p', {}, event.category.split(' > ').map(nameOf).join(' › ')), ...(event.items ?? []).slice(0, 8).map((i) => thing(i.itemId, known.get(i.itemId))));
}

function profile({ profile: now }, before, nameOf) {
  const top = Math.min(...now.interests.categories.map((c) => c.level));
  const was = new Map((before?.profile.interests.categories ?? []).map((c) => [c.name, c.share]));
  const rows = now.interests.categories.filter((c) => c.level === top).slice(0, 6);
  return card(
    t('profileThen'),
    h('p', {}, now.summary),
    rows.length > 0 && h('ul', { class: 'parts shares' }, rows.map((c) => {
      const bar = h('i', {});
      bar.style.width = `${Math.round(120 * c.share)}px`;
      const by = c.share - (was.get(c.name) ?? 0);
      return h('li', {}, h('span', {}, nameOf(c.name)), bar, h('span', {}, percent(c.share), Math.abs(by) >= 0.005 && h('b', { class: by > 0 ? 'good' : 'bad' }, ` ${by > 0 ? '+' : '−'}${percent(Math.abs(by))}`)));
    })),
  );
}

function slate({ items: now }, before, known) {
  const was = new Map((before?.items ?? []).map((i, place) => [i.itemId, place]));
  return card(
    t('listThen'),
    now.length ? h('ol', { class: 'slate' }, now.map(({ itemId }, place) => {
      const moved = before && (!was.has(itemId) ? t('cameIn') : was.get(itemId) === place ? '' : t('cameFrom', was.get(itemId) + 1));
      return h('li', { class: moved ? 'moved' : '' }, thing(itemId, known.get(itemId)), moved && h('small', { class: 'quiet' }, moved));
    })) : h('p', { class: 'quiet' }, t('noList')),
    h('p', { class: 'hint' }, icon('warn'), ' ', t('notReplayed')),
  );
}
