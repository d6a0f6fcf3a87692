// The versions of the rules: who saved them and why, what is in them, and the way back.

import { WORDS } from './words-rules.js';
import { call } from './api.js';
import { dialog, h, tell } from './dom.js';
import { inWords } from './rule-form.js';
import { table } from './table.js';
import { ago, time, words } from './i18n.js';
import { problem } from './said.js';

const t = words(WORDS);

export function versions(book, current, reload) {
  return table(
    [
      { key: 'version', label: t('versionLabel'), value: (v) => v.version, cell: (v) => h('span', {}, v.version, ' ', v.version === current && h('span', { class: 'pill good' }, t('inForce'))), number: true },
      { key: 'savedAt', label: t('savedAt'), value: (v) => v.savedAt, cell: (v) => h('time', { datetime: v.savedAt, title: ago(v.savedAt) }, time(v.savedAt)) },
      { key: 'author', label: t('author'), value: (v) => v.author, cell: (v) => v.author || t('somebody') },
      { key: 'note', label: t('noteLabel'), value: (v) => v.note },
      { key: 'acts', label: t('acts'), value: () => '', cell: (v) => h('span', { class: 'row' }, h('button', { class: 'btn small', type: 'button', onclick: () => look(v.version) }, t('look')), v.version !== current && h('button', { class: 'btn small', type: 'button', 'data-back': v.version, onclick: () => back(v.version, current, reload) }, t('back'))) },
    ],
    book.versions,
    { caption: t('versions'), sort: { key: 'version', down: true }, filter: false, file: 'rule-versions', none: t('noVersions') },
  );
}

async function look(version) {
  const found = await call(`/v1/rules/versions/${version}`);
  dialog(t('version', version), t('close'), h('ul', {}, found.rules.map((r) => h('li', {}, h('b', {}, r.name || r.id), ' ', h('span', { class: 'pill' }, inWords(r)), ' ', r.when && h('code', {}, r.when)))), h('details', {}, h('summary', {}, 'JSON'), h('pre', { tabindex: 0 }, JSON.stringify({ rules: found.rules, scenarios: found.scenarios }, null, 2))));
}

function back(to, basedOn, reload) {
  const act = async () => {
    box.close();
    try {
      const saved = await call('/v1/rules:rollback', { method: 'POST', body: { to, basedOn, author: localStorage.getItem('zhiyin.console.author') ?? '' } });
      tell(t('backDone', to, saved.version));
      reload();
    } catch (e) {
      tell(problem(e), true);
    }
  };
  const box = dialog(t('backTitle', to), t('close'), h('p', {}, t('backLead', to)), h('div', { class: 'row' }, h('button', { class: 'btn main', type: 'button', 'data-act': 'back', onclick: act }, t('back')), h('button', { class: 'btn', type: 'button', onclick: () => box.close() }, t('cancel'))));
}
