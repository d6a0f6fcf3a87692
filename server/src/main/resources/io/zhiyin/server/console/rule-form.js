// One rule as a form: what it is about, for whom, when, and what it does.

import { WORDS } from './words-rules.js';
import { conditions } from './complete.js';
import { h, icon } from './dom.js';
import { number, percent, words } from './i18n.js';
import { finding } from './said.js';

const t = words(WORDS);

/** What each action needs: [field, kind, what it is at first]. */
const ACTIONS = {
  filter: [],
  exclude: [],
  boost: [['factor', 'number', 2]],
  bury: [['factor', 'number', 0.5]],
  pin: [['position', 'whole', 1]],
  quota: [['atLeast', 'whole', 2]],
  cap: [['atMost', 'whole', 2], ['per', 'text', 'brand']],
};
const PER = ['brand', 'category', 'category:1'];

export const freshRule = (id, scenario) => ({ id, when: '', action: { type: 'boost', factor: 2 }, ...(scenario ? { scenarios: [scenario] } : {}) });

/** A rule as the server takes it: what is empty is left out. */
export const clean = (rule) => Object.fromEntries(Object.entries(rule).filter(([name, v]) => v !== '' && v !== undefined && !(Array.isArray(v) && !v.length) && !(name === 'enabled' && v)));

/** What a rule does, in a few words. */
export function inWords({ action }) {
  const { type, factor, position, atLeast, atMost, share, per } = action;
  if (type === 'boost' || type === 'bury') return `${t(`act.${type}`)} × ${number(factor ?? 1, factor % 1 ? 2 : 0)}`;
  if (type === 'pin') return `${t('act.pin')} ${position ?? 1}`;
  if (type === 'quota') return `${t('act.quota')} ${atLeast ?? 1}`;
  if (type === 'cap') return t('capped', share === undefined ? (atMost ?? '') : percent(share), per);
  return t(`act.${type}`);
}

/**
 * @param rule is changed as one types
 * @param fields the server's {item, audience}
 * @param scenarios all names
 * @param changed is called after every change
 * @returns an element; its `tell(findings)` shows what the check says of each field
 */
export function ruleForm(rule, fields, scenarios, changed) {
  const said = new Map();
  const form = h('div', { class: 'ruleform' });

  function field(name, label, input, hint) {
    const findings = h('small', { class: 'findings', id: `${rule.id}-${name}-said`, 'aria-live': 'polite' });
    const own = input.area ?? input;
    own.setAttribute('aria-label', label);
    said.set(name, { own, findings });
    return h('div', { class: 'field' }, h('span', { class: 'name' }, label), input.box ?? input, hint && h('small', {}, hint), findings);
  }

  function typed(input, set) {
    (input.area ?? input).addEventListener('input', (e) => {
      set(e.target.value);
      changed();
    });
    return input;
  }

  const text = (name, label, hint) => field(name, label, typed(h('input', { value: rule[name] ?? '', spellcheck: 'false' }), (v) => (rule[name] = v)), hint);
  const condition = (name, label, known, hint) => {
    const input = conditions(known, { 'data-field': name });
    input.area.value = rule[name] ?? '';
    return field(name, label, typed(input, (v) => (rule[name] = v.trim())), hint);
  };
  const moment = (name, label) => field(name, label, typed(h('input', { type: 'datetime-local', value: local(rule[name]) }), (v) => (rule[name] = v ? new Date(v).toISOString().replace('.000Z', 'Z') : '')));

  function action() {
    const type = h('select', { 'aria-label': t('action') }, Object.keys(ACTIONS).map((a) => h('option', { value: a }, t(`act.${a}`))));
    type.value = rule.action.type;
    const own = h('span', { class: 'row' });
    const draw = () => own.replaceChildren(...ACTIONS[rule.action.type].filter(([name]) => name !== 'atMost' || rule.action.share === undefined).map(parameter));
    type.addEventListener('change', () => {
      rule.action = { type: type.value, ...Object.fromEntries(ACTIONS[type.value].map(([name, , first]) => [name, first])) };
      draw();
      changed();
    });
    draw();
    const findings = h('small', { class: 'findings', 'aria-live': 'polite' });
    said.set('action', { own: type, findings });
    return h('div', { class: 'field' }, h('span', { class: 'name' }, t('action')), h('div', { class: 'row' }, type, own), findings);
  }

  function parameter([name, kind]) {
    const input = h('input', { value: rule.action[name] ?? '', 'aria-label': t(`p.${name}`), placeholder: t(`p.${name}`), list: kind === 'text' && 'per', class: 'short', inputmode: kind === 'text' ? 'text' : 'decimal' });
    return typed(input, (v) => {
      const value = kind === 'text' ? v : Number(v);
      if (v === '' && kind === 'text') delete rule.action[name];
      else rule.action[name] = Number.isNaN(value) ? v : value;
    });
  }

  const where = h('fieldset', { class: 'where' }, h('legend', {}, t('where')), scenarios.map((s) => h('label', {}, box(rule.scenarios?.includes(s), (on) => (rule.scenarios = scenarios.filter((o) => (o === s ? on : rule.scenarios?.includes(o)))), changed), t(s))), h('small', {}, t('whereHint')));
  const items = field('items', t('items'), typed(h('input', { value: (rule.items ?? []).join(' '), spellcheck: 'false' }), (v) => (rule.items = v.split(/[\s,，]+/).filter(Boolean))), t('itemsHint'));

  form.append(
    h('div', { class: 'duo' }, text('id', t('ruleId')), text('name', t('ruleName'))),
    action(),
    condition('when', t('when'), fields.item, t('whenHint')),
    items,
    condition('audience', t('audience'), fields.audience, t('audienceHint')),
    where,
    h('div', { class: 'duo' }, moment('from', t('from')), moment('until', t('until'))),
    h('datalist', { id: 'per' }, PER.map((p) => h('option', { value: p }))),
  );
  form.tell = (findings) => {
    for (const [name, { own, findings: place }] of said) {
      const mine = findings.filter((f) => f.field === name || f.field.startsWith(`${name}.`) || f.field.startsWith(`${name}[`));
      own.setAttribute('aria-invalid', mine.some((f) => f.severity === 'error'));
      place.replaceChildren(...mine.map((f) => h('span', { class: f.severity === 'error' ? 'bad' : 'warned' }, icon('warn'), finding(f))));
    }
  };
  return form;
}

export function box(on, set, changed) {
  const input = h('input', { type: 'checkbox', checked: Boolean(on) });
  input.addEventListener('change', () => {
    set(input.checked);
    changed();
  });
  return input;
}

/** A moment as a field for local times takes it. */
function local(at) {
  if (!at) return '';
  const date = new Date(at);
  return new Date(date - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
