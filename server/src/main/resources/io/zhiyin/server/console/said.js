// What the server says, in the language of the page. The API speaks English; findings have codes,
// its other sentences are known by how they are built. What is not known stays as it was said.

import { CLAUSES, FINDINGS, PARTS, PROBLEMS, SENTENCES } from './words-said.js';
import { language, t } from './i18n.js';

const chinese = () => language() === 'zh';

function match(table, text) {
  const found = table.find(([pattern]) => pattern.test(text));
  return found && text.replace(...found);
}

const parts = (text) => PARTS.reduce((so, [pattern, word]) => so.replace(pattern, word), text);

/** The end of a sentence that begins with a field, as the `reason` of a refused field. */
export const clause = (reason) => (chinese() ? parts(match(CLAUSES, reason) ?? reason) : reason);

/** What a check found: {code, values, reason}. */
export const finding = (f) => (chinese() ? (FINDINGS[f.code]?.(f.values) ?? clause(f.reason)) : f.reason);

/** A whole sentence. One in both languages, parted by " / ", is shown in one. */
export function sentence(text) {
  const [english, own] = text.split(/ \/ (?=[^]*\p{Script=Han})/u);
  if (own !== undefined) return chinese() ? own : english;
  if (!chinese()) return text;
  const refused = text.match(/^(\S+) ((?:must|may|is|has|or|does|names|cannot) [^]*?) \((?:was: )?([^]*)\)\.$/);
  return match(SENTENCES, text) ?? (refused ? `${refused[1]} ${clause(refused[2])}（${refused[3]}）。` : text);
}

/** What went wrong with a call. */
export function problem(error) {
  if (!error.status) return error instanceof TypeError ? t('offline') : sentence(error.message);
  if (!chinese()) return error.message;
  const said = sentence(error.message);
  const kind = PROBLEMS[error.problem?.type?.split(':').at(-1)];
  return said === error.message && kind ? `${kind}（${error.message}）` : said;
}

/** What was found out of a file: its name, its shape in both languages, its columns. */
export function note(text) {
  const [, file, english, own, columns] = text.match(/^(.*?: )?([^;]*?) \/ ([^;]*); ([^]*)$/) ?? [];
  if (!columns) return sentence(text);
  return chinese() ? `${file ?? ''}${own}；${columns.replace('; not used: ', '；未使用：').replace('not used: ', '未使用：')}` : `${file ?? ''}${english}; ${columns}`;
}

const ENDS = { late: '超时', failed: '失败', 'nothing to pin': '没有可固定的商品' };

/** Parts that were left out of a list, such as "sequence: late", or rules not met, such as "gifts: 2 of 3". */
export const shortly = (texts) =>
  texts
    .map((text) => {
      const [, name, what] = text.match(/^(.*): (.*)$/) ?? [];
      if (!name) return text;
      const known = t(`source.${name}`);
      const shown = known === `source.${name}` ? name : known;
      return chinese() ? `${shown}：${ENDS[what] ?? what.replace(/^(\d+) of (\d+)$/, '$2 件中的 $1 件')}` : `${shown}: ${what}`;
    })
    .join(chinese() ? '；' : ', ');
