// Where a scenario's candidates come from, and how many each source may propose.

import { WORDS } from './words-rules.js';
import { h } from './dom.js';
import { box } from './rule-form.js';
import { number, words } from './i18n.js';
import { finding } from './said.js';

const t = words(WORDS);
const MOST = 500;
const AT_FIRST = 50;

/**
 * @param all names of all sources
 * @param own the scenario's, as they come: [{source, candidates}]; none where it orders what it is given
 * @param mine gives the changed ones: {source: candidates}, or undefined
 * @param set takes them, or undefined for none
 * @returns an element; its `tell(findings)` shows what the check says, by the source's name
 */
export function sources(all, own, mine, set) {
  if (!own.length) return Object.assign(h('p', { class: 'hint' }, t('givenOnly')), { tell: () => {} });
  const comes = new Map(own.map((s) => [s.source, s.candidates]));
  const names = [...comes.keys(), ...all.filter((s) => !comes.has(s))];
  const now = (name) => mine()?.[name] ?? comes.get(name) ?? 0;

  /** What differs from how the scenario comes is kept, and nothing else. */
  function change(name, candidates) {
    const next = { ...mine() };
    if (candidates === (comes.get(name) ?? 0)) delete next[name];
    else next[name] = candidates;
    set(Object.keys(next).length ? next : undefined);
    reflect();
  }

  const rows = names.map((name) => {
    const label = t(`source.${name}`);
    const many = h('input', { type: 'number', min: 0, max: MOST, class: 'short', 'data-source': name, 'aria-label': t('candidatesOf', label) });
    const on = box(false, (yes) => change(name, yes ? comes.get(name) || AT_FIRST : 0), () => {});
    const said = h('small', { class: 'findings', 'aria-live': 'polite' });
    many.addEventListener('input', () => many.value !== '' && change(name, Number(many.value)));
    const reflect = () => {
      const n = now(name);
      on.checked = n > 0;
      if (document.activeElement !== many) many.value = n;
      row.classList.toggle('off', n === 0);
      row.classList.toggle('changed', mine()?.[name] !== undefined);
    };
    const row = h('li', {}, h('label', {}, on, label), many, h('span', { class: 'quiet' }, comes.has(name) ? t('comesWith', number(comes.get(name))) : t('notOwn')), h('small', { class: 'quiet' }, t(`from.${name}`)), said);
    return { name, row, reflect, said };
  });
  const back = h('button', { class: 'btn small', type: 'button', 'data-act': 'sources-back', onclick: () => { set(undefined); reflect(); } }, t('asItComes'));
  const general = h('small', { class: 'findings', 'aria-live': 'polite' });

  function reflect() {
    rows.forEach((row) => row.reflect());
    back.hidden = mine() === undefined;
  }

  const whole = h('div', { class: 'setting' }, h('p', { class: 'hint' }, t('sourcesLead')), h('ul', { class: 'sources' }, rows.map(({ row }) => row)), general, back);
  whole.tell = (findings) => {
    const drawn = (some) => some.map((f) => h('span', { class: f.severity === 'error' ? 'bad' : 'warned' }, finding(f)));
    general.replaceChildren(...drawn(findings.filter((f) => f.field === '')));
    rows.forEach(({ name, said }) => said.replaceChildren(...drawn(findings.filter((f) => f.field === name))));
  };
  reflect();
  return whole;
}
