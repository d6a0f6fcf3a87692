// How one scenario is set: diversity, objective, where its candidates come from, what was seen lately.

import { WORDS } from './words-rules.js';
import { fatigue } from './rule-fatigue.js';
import { h } from './dom.js';
import { number, words } from './i18n.js';
import { sources } from './rule-sources.js';

const t = words(WORDS);

/**
 * @param scenario as it comes: {scenario, diversity, objectives, sources}
 * @param all names of all sources
 * @param tunings all of the draft, by name; changed as the dial turns
 * @returns an element; its `tell(findings)` shows what the check says of the scenario, by field
 */
export function dial(scenario, all, tunings, changed) {
  const name = scenario.scenario;
  const mine = () => tunings[name] ?? {};
  const set = (field, value) => {
    const next = { ...mine(), [field]: value };
    if (value === undefined) delete next[field];
    if (Object.keys(next).length) tunings[name] = next;
    else delete tunings[name];
    reflect();
    changed();
  };
  const range = h('input', { type: 'range', id: 'dial', min: 0, max: 1, step: 0.05, 'aria-describedby': 'dial-said' });
  const said = h('output', { id: 'dial-said', for: 'dial' });
  const by = h('select', { id: 'dial-by' }, ['mmr', 'dpp'].map((m) => h('option', { value: m }, t(`by.${m}`))));
  const explore = h('input', { type: 'number', id: 'explore', min: 0, max: 20, class: 'short' });
  const objective = h('select', { id: 'objective', 'aria-describedby': 'objective-said' }, ['engagement', 'conversion', 'revenue'].map((o) => h('option', { value: o }, t(`objective.${o}`))));
  const aim = h('span', { id: 'objective-said', class: 'quiet' });
  const back = h('button', { class: 'btn small', type: 'button', onclick: () => set('diversity', undefined) }, t('asItComes'));
  const reflect = () => {
    range.value = mine().diversity ?? scenario.diversity;
    said.textContent = `${number(Number(range.value), 2)}${mine().diversity === undefined ? ` · ${t('own')}` : ''}`;
    by.value = mine().diversityBy ?? 'mmr';
    if (document.activeElement !== explore) explore.value = mine().explore ?? 0;
    objective.value = mine().objective ?? 'engagement';
    aim.textContent = t(scenario.objectives ? `objective.${objective.value}.said` : 'objective.never');
    back.hidden = mine().diversity === undefined;
  };
  range.addEventListener('input', () => set('diversity', Number(range.value)));
  by.addEventListener('change', () => set('diversityBy', by.value === 'mmr' ? undefined : by.value));
  explore.addEventListener('input', () => set('explore', Number(explore.value) || undefined));
  objective.addEventListener('change', () => set('objective', objective.value === 'engagement' ? undefined : objective.value));
  reflect();
  const drawn = sources(all, scenario.sources, () => mine().sources, (value) => set('sources', value));
  const whole = h(
    'div',
    { class: 'dial' },
    h('div', { class: 'row' }, h('label', { for: 'dial' }, t('diversity')), h('span', { class: 'ends' }, h('span', { class: 'quiet' }, t('relevance')), range, h('span', { class: 'quiet' }, t('variety'))), said, back),
    h('div', { class: 'row' }, h('label', { for: 'dial-by' }, t('byLabel')), by, h('label', { for: 'explore' }, t('explore')), explore),
    h('div', { class: 'row' }, h('label', { for: 'objective' }, t('objective')), objective, aim),
    h('h3', {}, t('sources')),
    drawn,
    h('h3', {}, t('fatigue')),
    fatigue(() => mine().fatigue, (value) => set('fatigue', value)),
  );
  whole.tell = (findings) => {
    const place = `scenarios.${name}.sources`;
    drawn.tell(findings.filter((f) => f.field.startsWith(place)).map((f) => ({ ...f, field: f.field.slice(place.length + 1) })));
  };
  return whole;
}
