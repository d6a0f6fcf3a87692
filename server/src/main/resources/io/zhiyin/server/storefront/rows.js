// A list of recommendations that makes itself anew whenever the shopper acts.

import * as api from './api.js';
import * as shopper from './shopper.js';
import { card } from './card.js';
import { failure, language, t } from './i18n.js';
import { h } from './dom.js';

const live = new Set();
document.addEventListener('acted', (e) => {
  // what is in sight first: the lists further down would only make it wait
  const seen = [...live].filter((row) => row.inSight());
  const first = (seen.length ? seen : [...live]).map((row) => row.refresh(true));
  e.detail.waiting.push(...first);
  if (seen.length) Promise.allSettled(first).then(() => live.forEach((row) => seen.includes(row) || row.refresh(true)));
});

/** Forgets the lists of the page that is left. */
export const clearRows = () => {
  live.forEach((row) => row.retire());
};

const still = matchMedia('(prefers-reduced-motion: reduce)');

export class Row {
  /**
   * @param scenario the API's name of the placement
   * @param options {title, layout: 'shelf' | 'grid', n, params: () => more parameters, null for no list at all, keepsEmpty,
   *   ask: (params) => the answer, onanswer: (answer) => …, empty: () => what stands in place of no items}
   */
  constructor(scenario, options = {}) {
    this.scenario = scenario;
    this.options = { layout: 'shelf', n: 14, params: () => ({}), ask: (params) => api.recommend(scenario, params), ...options };
    this.cards = new Map();
    this.note = h('span', { class: 'quiet' });
    this.list = h('div', { class: this.options.layout, 'aria-busy': 'true' });
    const title = options.title ?? t(scenario);
    this.heading = h('h2', {}, title);
    this.el = h('section', { class: 'row', 'data-scenario': scenario, 'aria-label': title }, h('header', {}, this.heading, this.note), this.list);
    for (let i = 0; i < Math.min(this.options.n, 8); i++) this.list.append(h('div', { class: 'bone', 'aria-hidden': 'true' }));
    this.asked = 0;
    live.add(this);
  }

  /** Leaves the page: is not made anew any more. */
  retire() {
    live.delete(this);
  }

  /** Whether a part of it stands in the window. */
  inSight() {
    const { top, bottom, height } = this.el.getBoundingClientRect();
    return height > 0 && top < innerHeight && bottom > 0;
  }

  retitle(title) {
    this.heading.textContent = title;
    this.el.setAttribute('aria-label', title);
  }

  /** Asks for the list and shows it; a slower, older answer never replaces a newer one. */
  async refresh(changes = false) {
    const turn = ++this.asked;
    try {
      const params = await this.options.params();
      if (!params) {
        this.list.removeAttribute('aria-busy');
        this.el.hidden = true;
        return this;
      }
      const answer = await this.options.ask({ ...shopper.ids(), n: this.options.n, explain: true, lang: language(), ...params });
      const items = await api.items(answer.items.map((i) => i.itemId));
      if (turn === this.asked && live.has(this)) {
        this.show(answer, items, changes);
        this.options.onanswer?.(answer);
      }
    } catch (e) {
      if (turn === this.asked && live.has(this)) this.fail(e);
    }
    return this;
  }

  show(answer, items, changes) {
    this.answer = answer;
    this.list.removeAttribute('aria-busy');
    this.note.textContent = answer.degraded?.length ? t('degraded') : '';
    this.note.title = (answer.degraded ?? []).join(', ');
    this.el.hidden = items.length === 0 && !this.options.keepsEmpty;
    if (!items.length) {
      this.cards.clear();
      this.list.replaceChildren(this.options.empty?.() ?? h('p', { class: 'quiet' }, t('noItems')));
      return;
    }
    const before = new Map([...this.cards].map(([id, el]) => [id, el.getBoundingClientRect()]));
    const byId = new Map(answer.items.map((i) => [i.itemId, i]));
    const next = new Map();
    for (const item of items) {
      const entry = byId.get(item.itemId);
      const from = { scenario: this.scenario, recommendationId: answer.recommendationId, position: entry.position, reasons: entry.reasons ?? [] };
      let el = this.cards.get(item.itemId);
      if (el) {
        el.from = from;
        el.dataset.zhiyinPosition = from.position;
        el.reword();
        el.classList.remove('fresh');
        el.querySelector('.tag')?.remove();
      } else {
        el = card(item, from);
        if (changes && before.size) {
          el.classList.add('fresh');
          el.querySelector('.pic').append(h('span', { class: 'tag' }, t('fresh')));
        }
      }
      next.set(item.itemId, el);
    }
    this.cards = next;
    this.place([...next.values()]);
    if (changes && !still.matches) this.glide(before);
    // the tracker reads these: which list the cards stand in
    this.list.dataset.zhiyinScenario = this.scenario;
    this.list.dataset.zhiyinRecommendation = answer.recommendationId;
  }

  /** Puts the cards in their order and leaves those alone that stand right, so that focus stays. */
  place(cards) {
    cards.forEach((el, i) => this.list.children[i] !== el && this.list.insertBefore(el, this.list.children[i] ?? null));
    while (this.list.children.length > cards.length) this.list.lastElementChild.remove();
  }

  glide(before) {
    for (const [id, el] of this.cards) {
      const old = before.get(id);
      const now = el.getBoundingClientRect();
      if (!old) {
        el.animate([{ opacity: 0, transform: 'scale(.94)' }, { opacity: 1, transform: 'none' }], { duration: 260, easing: 'ease-out' });
      } else if (old.left !== now.left || old.top !== now.top) {
        el.animate([{ transform: `translate(${old.left - now.left}px, ${old.top - now.top}px)` }, { transform: 'none' }], { duration: 320, easing: 'cubic-bezier(.2,.8,.2,1)' });
      }
    }
  }

  fail(e) {
    this.list.removeAttribute('aria-busy');
    this.el.hidden = false;
    this.cards.clear();
    const again = h('button', { class: 'btn', onclick: () => this.refresh() }, t('again'));
    this.list.replaceChildren(h('div', { class: 'empty err', role: 'alert' }, failure(e), again));
    if (e.status === 401 || e.status === 403) document.dispatchEvent(new CustomEvent('key-needed'));
  }
}
