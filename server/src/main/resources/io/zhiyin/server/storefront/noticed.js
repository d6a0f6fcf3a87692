// What the shop learned from the last thing that happened, in one phrase.

import { interestWords, t } from './i18n.js';

let before = null; // category path → {share, score} of whom it was asked last

export const forget = () => (before = null);

const interests = (profile) => new Map((profile?.interests.categories ?? []).map((c) => [c.name, c]));

/** The category in which the interest changed most, as words; empty where nothing may be asked or nothing changed. */
export function learned(profile) {
  if (!profile) return '';
  const now = interests(profile);
  const was = before;
  before = now;
  if (!was) return now.size ? t('interested', interestWords([...now.values()].find((c) => c.level > 1)?.name ?? [...now.keys()][0])) : '';
  let most = null;
  for (const name of new Set([...was.keys(), ...now.keys()])) {
    const change = (now.get(name)?.score ?? 0) - (was.get(name)?.score ?? 0);
    const deeper = most && Math.abs(Math.abs(change) - Math.abs(most.change)) < 1e-6 && name.length > most.name.length;
    if (!most || Math.abs(change) > Math.abs(most.change) + 1e-6 || deeper) most = { name, change };
  }
  if (!most || Math.abs(most.change) < 0.05) return '';
  const share = (known) => Math.round(100 * (known.get(most.name)?.share ?? 0));
  return t('interestChanged', interestWords(most.name), most.change, share(was), share(now));
}
