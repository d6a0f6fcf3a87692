// Backups: written and read again by the server, taken away, and how to bring one back.

import { WORDS } from './words-system.js';
import { ago, bytes, number, percent, time, words } from './i18n.js';
import { call, headers } from './api.js';
import { h, icon, tell } from './dom.js';
import { into } from './state.js';
import { table } from './table.js';
import { problem, sentence } from './said.js';

const t = words(WORDS);
const OFTEN = 700;
const LARGEST = 512 << 20; // what a browser takes into memory without complaint

export function backups(host, signal) {
  const draw = (now) => {
    if (now.run?.state === 'running') {
      const timer = setTimeout(look, OFTEN);
      signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
    }
    return drawn(now, act);
  };
  const look = async () => {
    const now = await call('/v1/backups', { signal }).catch(() => null);
    if (now && !signal.aborted) host.replaceChildren(...draw(now));
  };
  const act = async (path, method = 'POST') => {
    try {
      await call(path, { method });
    } catch (e) {
      tell(problem(e), true);
    }
    await look();
  };
  return into(host, signal, () => call('/v1/backups', { signal }), draw);
}

function drawn(now, act) {
  const { run } = now;
  const busy = run?.state === 'running';
  return [
    h('h2', {}, t('backups')),
    h('p', { class: 'quiet' }, t('backupsLead', now.directory)),
    h('p', { class: 'row', 'aria-live': 'polite' }, h('button', { class: 'btn main', type: 'button', 'data-act': 'backup', disabled: busy, onclick: () => act('/v1/backups') }, t('makeBackup')), run && h('span', { class: `pill ${run.state === 'done' ? 'good' : run.state === 'failed' ? 'bad' : ''}`, 'data-backup': run.state }, t(`backup.${run.task}.${run.state}`)), busy && h('span', { class: 'quiet' }, percent(run.share)), busy && h('button', { class: 'btn', type: 'button', onclick: () => act('/v1/backups:cancel') }, t('cancel'))),
    busy && h('progress', { max: 1, value: run.share, 'aria-label': t('backups') }),
    run?.failure && h('p', { class: 'bad' }, sentence(run.failure)),
    now.backups.some((b) => b.holdsErased) && h('p', { class: 'alert' }, icon('warn'), t('holdsErasedLead')),
    table(
      [
        { key: 'at', label: t('when'), value: (b) => b.beganAt, cell: (b) => h('span', {}, h('time', { datetime: b.beganAt, title: time(b.beganAt) }, ago(b.beganAt)), b.holdsErased && h('span', { class: 'pill warned' }, t('holdsErased'))) },
        { key: 'events', label: t('events'), value: (b) => b.events, cell: (b) => (b.events === undefined ? t('noProof') : number(b.events)), number: true },
        { key: 'bytes', label: t('size'), value: (b) => b.bytes, cell: (b) => bytes(b.bytes), number: true },
        { key: 'sha256', label: t('checksum'), value: (b) => b.sha256 ?? '', cell: (b) => h('code', { title: b.sha256 }, b.sha256?.slice(0, 12) ?? '–') },
        { key: 'acts', label: t('acts'), value: () => '', cell: (b) => h('span', { class: 'row' }, button(t('verify'), () => act(`/v1/backups/${b.backupId}:verify`), busy), b.bytes <= LARGEST ? button(t('download'), () => save(b)) : h('small', {}, t('tooLarge')), button(t('delete'), () => confirm(t('reallyDelete')) && act(`/v1/backups/${b.backupId}`, 'DELETE'), busy)) },
      ],
      now.backups,
      { caption: t('backups'), file: 'backups', filter: false, none: t('noBackups') },
    ),
    now.backups.length > 0 && h('details', {}, h('summary', {}, t('restore')), h('p', {}, t('restoreLead')), h('pre', { tabindex: 0 }, `./zhiyin restore --data NEW-DIRECTORY ${now.backups[0].file}`)),
  ].filter(Boolean);
}

const button = (label, act, off = false) => h('button', { class: 'btn small', type: 'button', disabled: off, onclick: act }, label);

/** Fetches the file piece by piece, with the key that a plain link could not send, and its proof. */
async function save(backup) {
  const pieces = [];
  try {
    for (let from = 0; from < backup.bytes; ) {
      const response = await fetch(`/v1/backups/${backup.backupId}/content?from=${from}`, { headers: headers() });
      if (!response.ok) throw new Error(`HTTP ${response.status}`);
      const piece = await response.blob();
      if (!piece.size) throw new Error(t('cutShort'));
      pieces.push(piece);
      from += piece.size;
    }
  } catch (e) {
    tell(problem(e), true);
    return;
  }
  const name = backup.file.split('/').at(-1);
  give(name, new Blob(pieces));
  give(`${name}.proof`, new Blob([`${JSON.stringify({ format: 'zhiyin-export-proof', version: 1, events: backup.events, sha256: backup.sha256 })}\n`]));
}

function give(name, blob) {
  const url = URL.createObjectURL(blob);
  h('a', { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
