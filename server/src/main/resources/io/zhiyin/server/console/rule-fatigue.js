// What becomes of items that the shopper saw lately.

import { WORDS } from './words-rules.js';
import { h } from './dom.js';
import { box } from './rule-form.js';
import { words } from './i18n.js';

const t = words(WORDS);

/** [field, least, most, step] */
const FIELDS = [['hours', 1, 720, 1], ['shown', 0, 100, 1], ['viewed', 0, 100, 1], ['factor', 0, 0.99, 0.05]];
const AT_FIRST = { hours: 24, shown: 3, viewed: 1, factor: 0.3 };

/**
 * @param mine gives {hours, shown, viewed, factor}, or undefined where it is off
 * @param set takes them, or undefined to turn it off
 */
export function fatigue(mine, set) {
  let last = mine() ?? AT_FIRST;
  const on = box(mine() !== undefined, (yes) => set(yes ? last : undefined), () => reflect());
  on.id = 'fatigue';
  const effect = h('span', { class: 'quiet', id: 'fatigue-said', 'aria-live': 'polite' });
  const inputs = FIELDS.map(([name, min, max, step]) => {
    const input = h('input', { type: 'number', id: `fatigue-${name}`, min, max, step, class: 'short', value: last[name] ?? 0 });
    input.addEventListener('input', () => {
      if (input.value === '') return;
      last = { ...last, [name]: Number(input.value) };
      set(last);
      say();
    });
    return h('div', { class: 'field' }, h('label', { for: input.id }, t(`fatigue.${name}`)), input, h('small', {}, t(`fatigue.${name}.said`)));
  });
  const form = h('div', { class: 'quartet' }, inputs);
  const say = () => {
    effect.textContent = mine() ? (mine().factor > 0 ? t('fatigueLess', mine().factor) : t('fatigueNever')) : t('fatigueOff');
  };
  const reflect = () => {
    form.hidden = !on.checked;
    say();
  };
  reflect();
  return h('div', { class: 'setting' }, h('div', { class: 'row' }, h('label', { for: 'fatigue' }, on, ' ', t('fatigueOn')), effect), form);
}
