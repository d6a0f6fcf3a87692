// Who is shopping: a known shopper of the sample, or a stranger.

import * as api from './api.js';
import * as shopper from './shopper.js';
import { dialog, h } from './dom.js';
import { language, t } from './i18n.js';

const face = (name) => h('span', { class: 'face', 'aria-hidden': 'true' }, [...name][0]?.toUpperCase() ?? '?');

function person(name, about, pressed, choose) {
  return h(
    'button',
    { class: 'person', 'aria-pressed': String(pressed), onclick: choose },
    face(name),
    h('span', {}, h('b', {}, name), h('small', {}, about)),
  );
}

const likes = (s) => s.interests.map((i) => (language() === 'zh' ? i.name_zh : i.name_en) ?? i.category.split(' > ').at(-1)).slice(0, 3).join(language() === 'zh' ? '、' : ', ');

export async function openPeople() {
  const list = h('div', { class: 'people' }, h('p', { class: 'quiet' }, '…'));
  const box = dialog('sheet', t('people'), t('close'), h('div', { class: 'dbody' }, h('p', { class: 'quiet' }, t('peopleLead')), list));
  const me = shopper.self();
  const choose = (who) => () => {
    box.close();
    shopper.become(who);
  };
  const stranger = person(t('stranger'), t('strangerLead'), false, choose(null));
  try {
    const { shoppers } = await api.sampleShoppers(8);
    list.replaceChildren(
      stranger,
      ...shoppers.map((s) => person(s.userId, `${t('likes')} ${likes(s)} · ${t('history', s.events)}`, s.userId === me.userId, choose({ userId: s.userId, name: s.userId }))),
    );
  } catch {
    list.replaceChildren(stranger); // the sample is for the shop's own people; without the right key there is none
  }
}

/** The button in the header that says who is shopping. */
export function whoButton() {
  const { name } = shopper.self();
  const shown = name ?? t('guest');
  return h('button', { class: 'who', 'data-act': 'people', 'aria-label': `${t('people')} ${shown}`, onclick: openPeople }, face(shown), h('span', {}, shown));
}
