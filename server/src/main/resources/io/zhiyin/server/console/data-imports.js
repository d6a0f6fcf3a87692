// Files into the shop from the browser: sent in pieces, then read and applied by the server.

import { WORDS } from './words-data.js';
import { ago, number, percent, time, words } from './i18n.js';
import { call, headers } from './api.js';
import { card, h, icon, tell } from './dom.js';
import { into } from './state.js';
import { table } from './table.js';
import { clause, note, problem, sentence } from './said.js';

const t = words(WORDS);
const PIECE = 4 << 20;
const OFTEN = 700;
const FORMATS = ['csv', 'jsonl', 'sequences', 'movielens', 'lastfm', 'yoochoose', 'gorse'];

/** Which options each format has. */
const OPTIONS = { csv: ['map', 'set', 'zone', 'timeFormat', 'encoding'], jsonl: ['encoding'], sequences: ['eventType'], movielens: [], lastfm: [], yoochoose: [], gorse: ['zone', 'timeFormat'] };

/** What a file looks like by its name; a table where nothing fits. */
const LOOKS = [['gorse', /^(feedback|gorse)/i], ['movielens', /^(ml-|movielens|u\.data|ratings\.(dat|csv))/i], ['lastfm', /(lastfm|user_artists)/i], ['yoochoose', /yoochoose/i], ['jsonl', /\.(jsonl|ndjson|json)(\.gz)?$/i]];
const isOver = (run) => ['done', 'checked', 'cancelled', 'failed'].includes(run.state);

export async function part(host, { signal }) {
  const now = h('div', {});
  const past = h('div', {});
  const file = h('input', { type: 'file', id: 'file', class: 'visually-hidden', 'aria-describedby': 'file-said', accept: '.jsonl,.ndjson,.json,.csv,.tsv,.txt,.dat,.data,.gz,.zip' });
  const named = h('span', { class: 'quiet', 'aria-live': 'polite' }, t('noFile'));
  const format = h('select', { id: 'format' }, FORMATS.map((f) => h('option', { value: f }, t(`format.${f}`))));
  const zone = h('input', { id: 'zone', list: 'zones', placeholder: 'Asia/Shanghai' });
  const timeFormat = h('input', { id: 'timeFormat', placeholder: 'M/d/yyyy H:mm' });
  const map = h('input', { id: 'map', placeholder: 'userId=会员, itemId=SKU' });
  const set = h('input', { id: 'set', placeholder: 'eventType=purchase' });
  const encoding = h('input', { id: 'encoding', placeholder: 'auto' });
  const eventType = h('input', { id: 'eventType', placeholder: 'purchase' });
  const check = h('input', { type: 'checkbox', id: 'checkOnly' });
  const send = h('button', { class: 'btn main', 'data-act': 'import' }, t('import'));
  const field = (input, hint) => h('div', { class: 'field' }, h('label', { for: input.id }, t(input.id)), input, hint && h('small', {}, hint));
  const fields = [field(map, t('mapHint')), field(set, t('setHint')), field(zone, t('zoneHint')), field(timeFormat, t('timeFormatHint')), field(encoding, t('encodingHint')), field(eventType, t('eventTypeHint'))];
  const options = h('details', {}, h('summary', {}, t('options')), h('p', { class: 'hint' }, t('optionsLead')), h('div', { class: 'duo' }, fields));
  const told = h('small', { 'aria-live': 'polite' });
  const reflect = () => {
    for (const each of fields) each.hidden = !OPTIONS[format.value].includes(each.querySelector('input').id);
    options.hidden = !OPTIONS[format.value].length;
    told.textContent = t(`format.${format.value}.said`);
  };
  format.addEventListener('change', reflect);
  const form = h(
    'form',
    { class: 'ruleform' },
    h('div', { class: 'duo' }, h('div', { class: 'field' }, h('span', { class: 'name' }, t('file')), h('div', { class: 'chosen' }, file, h('label', { class: 'btn', for: 'file' }, t('choose')), named), h('small', { id: 'file-said' }, t('fileHint'))), h('div', { class: 'field' }, h('label', { for: 'format' }, t('format')), format, told)),
    options,
    h('p', { class: 'row' }, check, h('label', { for: 'checkOnly' }, t('checkOnly')), send),
  );
  file.addEventListener('change', () => {
    if (file.files[0]) format.value = (LOOKS.find(([, looks]) => looks.test(file.files[0].name)) ?? ['csv'])[0];
    named.textContent = file.files[0]?.name ?? t('noFile');
    reflect();
  });
  reflect();
  form.addEventListener('submit', async (e) => {
    e.preventDefault();
    if (!file.files[0]) {
      file.focus();
      return tell(t('noFile'), true);
    }
    send.disabled = true;
    try {
      const given = { map: pairs(map.value), set: pairs(set.value), zone: zone.value.trim(), timeFormat: timeFormat.value.trim(), encoding: encoding.value.trim() || 'auto', eventType: eventType.value.trim() };
      const more = Object.fromEntries(OPTIONS[format.value].map((name) => [name, given[name]]));
      const begun = await call('/v1/imports', { method: 'POST', body: { fileName: file.files[0].name, bytes: file.files[0].size, format: format.value, checkOnly: check.checked, ...more } });
      follow(begun.importId, now, signal, () => { send.disabled = false; refresh(); });
      await upload(begun, file.files[0], signal);
    } catch (error) {
      send.disabled = false;
      if (!signal.aborted) tell(problem(error), true);
    }
  });
  const show = (id) => follow(id, now, signal, refresh);
  const refresh = () => into(past, signal, () => call('/v1/imports', { signal }), ({ imports }) => history(imports, show));
  host.replaceChildren(card(t('part.imports'), h('p', { class: 'hint' }, t('importsLead')), form), now, card(t('lastImports'), h('p', { class: 'hint' }, t('lastLead')), past));
  await refresh();
  const running = (await call('/v1/imports', { signal })).imports.find((run) => !isOver(run));
  if (running) follow(running.importId, now, signal, refresh);
}

/** `field=column, field=column` as an object. */
const pairs = (text) => Object.fromEntries(text.split(/[,，]/).map((p) => p.split('=').map((s) => s.trim())).filter(([a, b]) => a && b));

/** Sends the file piece by piece; ends quietly where the import was cancelled meanwhile. */
async function upload(begun, file, signal) {
  for (let at = 0; at < file.size; at += PIECE) {
    const response = await fetch(`/v1/imports/${begun.importId}/content?at=${at}`, { method: 'PUT', signal, headers: { ...headers(), 'Content-Type': 'application/octet-stream' }, body: file.slice(at, at + PIECE) });
    if (response.status === 409) return;
    if (!response.ok) throw new Error((await response.json().catch(() => null))?.detail ?? `HTTP ${response.status}`);
  }
}

/** Shows one import until it is over. */
function follow(id, host, signal, ended) {
  const look = async () => {
    let run;
    try {
      run = await call(`/v1/imports/${id}`, { signal });
    } catch (e) {
      if (signal.aborted || (!(e instanceof TypeError) && !e.status)) return;
    }
    if (run) host.replaceChildren(drawn(run));
    if (run && isOver(run)) return ended();
    const timer = setTimeout(look, OFTEN);
    signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  };
  return look();
}

function drawn(run) {
  const bad = run.state === 'failed' || run.state === 'cancelled';
  const share = run.state === 'receiving' ? run.received / run.bytes : run.share;
  const cancel = h('button', { class: 'btn', type: 'button', 'data-act': 'cancel', onclick: async () => { cancel.disabled = true; await call(`/v1/imports/${run.importId}:cancel`, { method: 'POST' }).catch((e) => tell(problem(e), true)); } }, t('cancel'));
  const tile = (name, value) => value !== undefined && h('div', { class: 'tile' }, h('div', { class: 'name' }, name), h('div', { class: 'value' }, number(value)));
  return card(
    run.fileName,
    h('p', { class: 'row', 'aria-live': 'polite' }, h('span', { class: `pill ${bad ? 'bad' : 'good'}`, 'data-state': run.state }, t(`import.${run.state}`)), !isOver(run) && h('span', { class: 'quiet' }, percent(share)), !isOver(run) && cancel),
    !isOver(run) && h('progress', { max: 1, value: share, 'aria-label': t('progress') }),
    run.failure && h('p', { class: 'bad' }, sentence(run.failure)),
    run.state === 'cancelled' && h('p', { class: 'quiet' }, t('cancelledLead')),
    h('div', { class: 'tiles' }, tile(t('records'), run.records), tile(t('newEvents'), run.events), tile(t('known'), run.duplicates), tile(t('newItems'), run.items), tile(t('unchanged'), run.unchanged), tile(t('rejected'), run.rejected)),
    run.notes.length > 0 && h('details', { open: true }, h('summary', {}, t('notes')), h('ul', {}, run.notes.map((n) => h('li', {}, note(n))))),
    run.rejects.length > 0 && h('div', { 'data-rejects': run.rejects.length }, h('h3', {}, t('rejectedRecords')), h('p', { class: 'hint' }, icon('warn'), ' ', t('rejectsLead', number(run.rejects.length), number(run.rejected), run.rejectFile)), rejects(run)),
  );
}

const rejects = (run) =>
  table(
    [
      ...(/\.zip$/i.test(run.fileName) ? [{ key: 'file', label: t('file'), value: (r) => r.file }] : []),
      { key: 'line', label: t('line'), value: (r) => r.line, number: true },
      { key: 'field', label: t('field'), value: (r) => r.field, cell: (r) => h('code', {}, r.field) },
      { key: 'value', label: t('value'), value: (r) => r.value, cell: (r) => h('code', {}, r.value) },
      { key: 'reason', label: t('reason'), value: (r) => clause(r.reason) },
    ],
    run.rejects,
    { caption: t('rejectedRecords'), file: `rejects-${run.importId}` },
  );

const history = (imports, show) =>
  table(
    [
      { key: 'file', label: t('file'), value: (r) => r.fileName, cell: (r) => h('button', { class: 'btn small', type: 'button', onclick: () => show(r.importId) }, r.fileName) },
      { key: 'at', label: t('began'), value: (r) => r.beganAt, cell: (r) => h('time', { datetime: r.beganAt, title: time(r.beganAt) }, ago(r.beganAt)) },
      { key: 'state', label: t('state'), value: (r) => t(`import.${r.state}`), cell: (r) => h('span', { class: `pill ${r.state === 'done' ? 'good' : r.state === 'failed' ? 'bad' : ''}` }, t(`import.${r.state}`)) },
      { key: 'events', label: t('newEvents'), value: (r) => r.events, cell: (r) => number(r.events), number: true },
      { key: 'items', label: t('newItems'), value: (r) => r.items, cell: (r) => number(r.items), number: true },
      { key: 'rejected', label: t('rejected'), value: (r) => r.rejected, cell: (r) => number(r.rejected), number: true },
    ],
    imports,
    { caption: t('lastImports'), file: 'imports', filter: false, none: t('noImports') },
  );
