// Scenarios and rules: how each scenario is set, the rules, a dry run, and the versions.

import { WORDS } from './words-rules.js';
import { ago, number, time, words } from './i18n.js';
import { box, clean, freshRule, inWords, ruleForm } from './rule-form.js';
import { call } from './api.js';
import { card, h, icon, settled, tell } from './dom.js';
import { dial } from './rule-dial.js';
import { dryRun } from './rule-preview.js';
import { empty, into } from './state.js';
import { note } from './pages.js';
import { finding, problem } from './said.js';
import { versions } from './rule-versions.js';

const t = words(WORDS);
const AUTHOR = 'zhiyin.console.author';

/** A field of a scenario's settings as the page calls it. */
function placed(field) {
  const [, scenario, what] = field.match(/^scenarios\.([^.]+)\.(.+)$/) ?? [];
  if (!scenario) return field;
  const source = what.match(/^sources\.(.+)$/)?.[1];
  return [t(scenario), ...(source ? [t('sources'), t(`source.${source}`)] : [t(what)])].join(' · ');
}

export function page(main, route) {
  const { signal } = route;
  const host = h('div', {});
  main.replaceChildren(h('h1', {}, t('scenarios')), h('p', { class: 'lead' }, t('lead')), host);
  const load = () => into(host, signal, () => Promise.all([call('/v1/rules', { signal }), call('/v1/rules/fields', { signal }), call('/v1/rules/versions', { signal })]), ([current, fields, book]) => workbench(route, current, fields, book, load));
  return load();
}

function workbench(route, current, fields, book, reload) {
  const { signal } = route;
  const names = fields.scenarios.map((s) => s.scenario);
  const draft = { rules: structuredClone(current.rules), scenarios: structuredClone(current.scenarios ?? {}) };
  const asSaved = () => ({ rules: draft.rules.map(clean), scenarios: draft.scenarios });
  const before = JSON.stringify({ rules: current.rules.map(clean), scenarios: current.scenarios ?? {} });
  const rows = h('ol', { class: 'rules' });
  const dials = h('div', {});
  const state = h('p', { class: 'row', 'aria-live': 'polite', id: 'state' });
  const author = h('input', { id: 'author', value: localStorage.getItem(AUTHOR) ?? '', maxlength: 100 });
  const why = h('input', { id: 'note', maxlength: 500, placeholder: t('notePlaceholder') });
  const save = h('button', { class: 'btn main', type: 'button', 'data-act': 'save', disabled: true, onclick: keep }, t('save'));
  let forms = [];
  let findings = [];
  let matches = [];

  const chosen = () => (names.includes(route.query.get('scenario')) ? route.query.get('scenario') : '');
  const tabs = h('div', { class: 'row chips', role: 'group', 'aria-label': t('scenario') });
  const drawTabs = () => tabs.replaceChildren(...['', ...names].map((s) => h('button', { type: 'button', class: 'chip', 'aria-pressed': String(s === chosen()), onclick: () => { note(route, { scenario: s }); drawTabs(); drawDial(); drawRules(); } }, s ? t(s) : t('all'))));
  const drawDial = () => dials.replaceChildren(chosen() ? dial(fields.scenarios.find((s) => s.scenario === chosen()), fields.sources, draft.scenarios, changed) : h('p', { class: 'hint' }, t('chooseScenario')));

  const check = settled(async () => {
    try {
      const said = await call('/v1/rules:check', { method: 'POST', body: asSaved(), signal });
      findings = said.findings;
      matches = said.matches ?? [];
    } catch (e) {
      if (signal.aborted || !e.status) return;
      findings = (e.problem?.errors ?? []).map((f) => ({ severity: 'error', ...f }));
    }
    show();
  }, 300);

  function changed() {
    save.disabled = true;
    state.replaceChildren(h('span', { class: 'pill' }, t('checking')));
    check();
  }

  const ofRule = (i) => findings.filter((f) => f.field.startsWith(`rules[${i}]`)).map((f) => ({ ...f, field: f.field.replace(/^rules\[\d+\]\.?/, '') }));

  function show() {
    const errors = findings.filter((f) => f.severity === 'error');
    const dirty = JSON.stringify(asSaved()) !== before;
    save.disabled = errors.length > 0 || !dirty;
    state.replaceChildren(
      h('span', { class: `pill ${errors.length ? 'bad' : 'good'}`, 'data-ok': String(errors.length === 0) }, errors.length ? t('errors', errors.length) : t('good')),
      dirty ? h('span', { class: 'pill' }, t('unsaved')) : h('span', { class: 'quiet' }, t('asInForce')),
      ...findings.filter((f) => !/^rules\[\d+\]/.test(f.field)).map((f) => h('span', { class: f.severity === 'error' ? 'bad' : 'warned' }, icon('warn'), t('about', placed(f.field), finding(f)))),
    );
    dials.firstChild?.tell?.(findings);
    forms.forEach(({ i, form, head }) => {
      form?.tell(ofRule(i));
      head(ofRule(i), matches[i]);
    });
  }

  function drawRules() {
    forms = [];
    const shown = draft.rules.map((rule, i) => [rule, i]).filter(([rule]) => !chosen() || !rule.scenarios?.length || rule.scenarios.includes(chosen()));
    rows.replaceChildren(...(shown.length ? shown.map(([rule, i]) => row(rule, i)) : [h('li', {}, empty(t('noRules'), t('noRulesLead')))]));
    show();
  }

  function row(rule, i, open = false) {
    const title = h('span', { class: 'ruletitle' });
    const body = h('div', {});
    const head = (said, hit) => title.replaceChildren(h('b', {}, rule.name || rule.id), h('span', { class: 'pill' }, inWords(rule)), rule.when ? h('code', {}, rule.when) : '', said.length ? h('span', { class: said.some((f) => f.severity === 'error') ? 'pill bad' : 'pill warned' }, t('toLookAt', said.length)) : hit === undefined ? '' : h('span', { class: 'quiet' }, t('matches', number(hit))));
    const entry = { i, form: null, head };
    const details = h('details', { class: 'rule', open: open || openRules.has(rule) }, h('summary', {}, title), body);
    const fill = () => {
      if (!details.open || entry.form) return;
      entry.form = ruleForm(rule, fields, names, changed);
      body.replaceChildren(entry.form);
      entry.form.tell(ofRule(i));
    };
    details.addEventListener('toggle', () => {
      if (details.open) openRules.add(rule);
      else openRules.delete(rule);
      fill();
    });
    fill();
    forms.push(entry);
    const move = (by) => { [draft.rules[i], draft.rules[i + by]] = [draft.rules[i + by], draft.rules[i]]; drawRules(); changed(); };
    const button = (name, label, act, off) => h('button', { class: 'icon', type: 'button', 'aria-label': `${label}: ${rule.id}`, title: label, disabled: off, onclick: act }, icon(name));
    return h('li', { class: rule.enabled === false ? 'off' : '' }, h('label', { class: 'switch' }, box(rule.enabled !== false, (on) => { rule.enabled = on; }, () => { drawRules(); changed(); }), h('span', { class: 'visually-hidden' }, t('enabled', rule.id))), details, h('span', { class: 'ruletools' }, button('up', t('earlier'), () => move(-1), i === 0), button('fall', t('later'), () => move(1), i === draft.rules.length - 1), button('trash', t('remove'), () => { draft.rules.splice(i, 1); drawRules(); changed(); })));
  }

  const openRules = new Set();

  function add() {
    let n = draft.rules.length + 1;
    while (draft.rules.some((r) => r.id === `rule-${n}`)) n += 1;
    const rule = freshRule(`rule-${n}`, chosen());
    draft.rules.push(rule);
    openRules.add(rule);
    drawRules();
    changed();
    rows.lastChild.querySelector('[data-field=when]')?.focus();
  }

  async function keep() {
    save.disabled = true;
    localStorage.setItem(AUTHOR, author.value.trim());
    try {
      const saved = await call('/v1/rules', { method: 'PUT', body: { basedOn: current.version, author: author.value.trim(), note: why.value.trim(), ...asSaved() } });
      tell(t('saved', saved.version));
      reload();
    } catch (e) {
      tell(e.status === 409 ? t('stale') : problem(e), true);
      save.disabled = false;
    }
  }

  drawTabs();
  drawDial();
  drawRules();
  check();
  return [
    h('p', { class: 'row' }, h('span', { class: 'pill good', id: 'version' }, t('version', current.version)), current.savedAt ? h('span', { class: 'quiet', title: time(current.savedAt) }, t('savedBy', ago(current.savedAt), current.author || t('somebody')), current.note && ` · ${current.note}`) : h('span', { class: 'quiet' }, t('neverSaved'))),
    tabs,
    card(t('setting'), dials),
    card(t('rules'), h('p', { class: 'hint' }, t('rulesLead')), rows, h('button', { class: 'btn', type: 'button', 'data-act': 'add', onclick: add }, icon('plus'), t('add'))),
    dryRun(asSaved, chosen(), signal),
    card(t('saving'), state, h('div', { class: 'tools' }, h('label', { for: 'author' }, t('author')), author, h('label', { for: 'note' }, t('noteLabel')), why, h('button', { class: 'btn', type: 'button', onclick: reload }, t('discard')), save)),
    card(t('versions'), versions(book, current.version, reload)),
  ];
}
