// Zhiyin's tracker: one script tag tells a shop's Zhiyin what its visitors do and see.
//
//   <script src="https://zhiyin.example/zhiyin.js" data-key="zy_…" defer></script>
//
// data-endpoint  where Zhiyin answers; the script's own origin unless given
// data-key       a key of the role browser, where the shop has keys
// data-consent   "ask": nothing is kept or sent before zhiyin.consent(true)
//
// Lists that say what they are tell by themselves what was seen (half visible for a second) and clicked:
//
//   <ul data-zhiyin-scenario="home-feed" data-zhiyin-recommendation="…">
//     <li data-zhiyin-item="i7" data-zhiyin-position="1"><a href="…">…</a></li>
//
// Everything else is one call: zhiyin.track('add-to-cart', [{ itemId: 'i7', quantity: 1, price: 19.9 }])
(() => {
  'use strict';
  const tag = document.currentScript;
  const endpoint = (tag?.dataset.endpoint ?? new URL(tag?.src ?? location.href).origin).replace(/\/$/, '');
  let key = tag?.dataset.key ?? '';

  const BATCH = 100;
  const MOST_WAITING = 1000;
  const SEEN_AFTER = 1000;
  const GATHER = 500;
  const LONGEST_PAUSE = 60000;
  const AT_ONCE = 2; // what a shopper does is not held up by what was seen
  const QUEUED = 'zhiyin.q.';

  // What a private window refuses to keep lives as long as the page.
  const memory = new Map();
  const kept = {
    names: () => { try { return Object.keys(localStorage); } catch { return [...memory.keys()]; } },
    read: (name) => { try { return localStorage.getItem(name); } catch { return memory.get(name) ?? null; } },
    write: (name, value) => { try { localStorage.setItem(name, value); } catch { memory.set(name, value); } },
    drop: (name) => { try { localStorage.removeItem(name); } catch { /* only in memory */ } memory.delete(name); },
  };
  const random = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (b) => b.toString(16).padStart(2, '0')).join('');

  // Whom it is about, and whether anything may be told.
  const choice = kept.read('zhiyin.consent');
  let allowed = choice ? choice === 'yes' : tag?.dataset.consent !== 'ask' && !navigator.globalPrivacyControl;
  let user = null;
  let visitor = null;
  const visitorId = () => {
    if (!visitor) {
      visitor = kept.read('zhiyin.visitor') ?? `v-${random()}`;
      kept.write('zhiyin.visitor', visitor);
    }
    return visitor;
  };

  // Events wait under a name each, so that tabs share them and a closed page loses none. A retry has the same eventId
  // and is never counted twice.
  const waiting = new Map(); // name → how to answer the caller
  const sound = (name) => {
    try {
      return Boolean(JSON.parse(kept.read(name)).event.eventType);
    } catch {
      kept.drop(name); // cut off by a crash, or not ours
      return false;
    }
  };
  const queue = () => kept.names().filter((name) => name.startsWith(QUEUED) && sound(name)).sort();
  let timer = 0;
  let failures = 0;
  let sending = 0;
  const sent = new Set(); // names on their way

  function track(eventType, items = [], more = {}) {
    if (!allowed) return Promise.resolve(null);
    const eventId = `e-${random()}`;
    const event = { eventId, eventType, ...(user ? { userId: user } : {}), visitorId: visitorId(), ...(items.length ? { items } : {}), ...more };
    const name = `${QUEUED}${Date.now().toString(36).padStart(9, '0')}.${eventId}`;
    const names = queue();
    for (const old of names.slice(0, Math.max(0, names.length + 1 - MOST_WAITING))) settle(old, null);
    kept.write(name, JSON.stringify({ at: Date.now(), event }));
    const told = new Promise((resolve) => waiting.set(name, resolve));
    if (!failures && (!sending || eventType !== 'impression')) flush();
    return told;
  }

  function settle(name, answer) {
    kept.drop(name);
    waiting.get(name)?.(answer);
    waiting.delete(name);
  }

  /** What waits under these names, as the API takes it. What is fresh gets the server's time: shoppers' clocks are often wrong. */
  function documents(names) {
    return names.map((name) => {
      const { at, event } = JSON.parse(kept.read(name));
      return Date.now() - at < 2000 ? event : { ...event, eventTime: new Date(at).toISOString() };
    });
  }

  const later = (millis) => {
    clearTimeout(timer);
    timer = setTimeout(flush, millis);
  };

  async function flush() {
    if (sending >= AT_ONCE || !allowed) return;
    const names = queue().filter((name) => !sent.has(name)).slice(0, BATCH);
    if (!names.length) return;
    sending += 1;
    names.forEach((name) => sent.add(name));
    clearTimeout(timer);
    let pause = 0;
    try {
      const response = await fetch(`${endpoint}/v1/events`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...(key ? { 'X-Api-Key': key } : {}) },
        body: JSON.stringify(documents(names)),
        keepalive: names.length < 50,
      });
      if (response.status === 429 || response.status >= 500) {
        pause = Number(response.headers.get('Retry-After')) * 1000 || 1;
        throw new Error(`status ${response.status}`);
      }
      const answer = await response.json().catch(() => ({}));
      const refused = new Map((answer.errors ?? []).map((e) => [e.index, e.reason]));
      names.forEach((name, i) => {
        const reason = response.ok ? refused.get(i) : (answer.detail ?? `status ${response.status}`);
        if (reason) console.warn(`Zhiyin refused an event: ${reason}`);
        settle(name, { stored: !reason, reason });
      });
      failures = 0;
    } catch {
      // exponential pauses with jitter, so that visitors of a shop that comes back do not come all at once
      pause = Math.max(pause, Math.min(LONGEST_PAUSE, 500 * 2 ** Math.min(failures++, 10)) * (0.5 + Math.random() / 2));
    }
    sending -= 1;
    names.forEach((name) => sent.delete(name));
    if (pause) later(pause);
    else if (!sending) flush();
  }

  /** Before the page goes: one last try that outlives it. What it sent stays queued; the server knows it by its id. */
  function leave() {
    gathered();
    const names = queue().slice(0, 50);
    if (!allowed || !names.length) return;
    const body = JSON.stringify(documents(names));
    // a beacon to another origin carries cookies, which the server does not take
    if (key || endpoint !== location.origin || !navigator.sendBeacon?.(`${endpoint}/v1/events`, new Blob([body], { type: 'application/json' }))) flush();
  }
  addEventListener('pagehide', leave);
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && leave());
  addEventListener('online', () => { failures = 0; flush(); });

  // What was seen: half visible, or half of the window, for a second, once for each list.
  const seenLists = new Map(); // recommendationId → {scenario, lines}
  const told = new Set();
  const timers = new Map();
  let gathering = 0;
  const place = (el) => {
    const list = el.closest('[data-zhiyin-recommendation]');
    return list && {
      scenario: list.dataset.zhiyinScenario,
      recommendationId: list.dataset.zhiyinRecommendation,
      line: { itemId: el.dataset.zhiyinItem, ...(el.dataset.zhiyinPosition ? { position: Number(el.dataset.zhiyinPosition) } : {}) },
    };
  };

  function seen(el) {
    const at = place(el);
    if (!at || !el.isConnected || document.visibilityState === 'hidden') return;
    const once = `${at.recommendationId} ${at.line.itemId}`;
    if (told.has(once)) return;
    told.add(once);
    if (!seenLists.has(at.recommendationId)) seenLists.set(at.recommendationId, { scenario: at.scenario, lines: [] });
    seenLists.get(at.recommendationId).lines.push(at.line);
    gathering ||= setTimeout(gathered, GATHER);
  }

  function gathered() {
    clearTimeout(gathering);
    gathering = 0;
    for (const [recommendationId, { scenario, lines }] of seenLists) track('impression', lines, { scenario, recommendationId });
    seenLists.clear();
  }

  const watcher = 'IntersectionObserver' in window && new IntersectionObserver((entries) => {
    for (const e of entries) {
      const half = e.intersectionRatio >= 0.5 || e.intersectionRect.height >= (e.rootBounds?.height ?? Infinity) / 2;
      clearTimeout(timers.get(e.target));
      timers.delete(e.target);
      if (half) timers.set(e.target, setTimeout(() => seen(e.target), SEEN_AFTER));
    }
  }, { threshold: [0, 0.25, 0.5] });

  const watch = (el) => {
    watcher.unobserve(el); // a list made anew is looked at anew
    watcher.observe(el);
  };
  const within = (el) => el.querySelectorAll?.('[data-zhiyin-item]') ?? [];
  if (watcher) {
    const look = () => {
      within(document).forEach(watch);
      new MutationObserver((changes) => {
        for (const change of changes) {
          if (change.type === 'attributes') within(change.target).forEach(watch);
          for (const el of change.addedNodes) {
            if (el.matches?.('[data-zhiyin-item]')) watch(el);
            within(el).forEach(watch);
          }
        }
      }).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ['data-zhiyin-recommendation'] });
    };
    if (document.body) look();
    else document.addEventListener('DOMContentLoaded', look);
  }

  document.addEventListener('click', (e) => {
    const el = e.target.closest?.('a[href]')?.closest('[data-zhiyin-item]');
    const at = el && place(el);
    if (at) track('click', [at.line], { scenario: at.scenario, recommendationId: at.recommendationId });
  }, true);

  window.zhiyin = {
    /** Tells one event; resolves with {stored, reason} once the server has answered, or with null where nothing may be told. */
    track,
    /** From now on events are of this user; null after signing out. A login joins the visitor's history to the user's. */
    identify(userId, signsIn = true) {
      user = userId || null;
      return user && signsIn ? track('login') : Promise.resolve(null);
    },
    /** Becomes this visitor, or a new one. */
    visit(id) {
      visitor = id ?? `v-${random()}`;
      if (allowed) kept.write('zhiyin.visitor', visitor);
      return visitor;
    },
    get visitorId() { return visitorId(); },
    /** Yes or no to keeping and telling anything; no also forgets what waits and who the visitor was. */
    consent(yes) {
      allowed = Boolean(yes);
      kept.write('zhiyin.consent', yes ? 'yes' : 'no');
      if (yes) {
        flush();
      } else {
        queue().forEach((name) => settle(name, null));
        seenLists.clear();
        kept.drop('zhiyin.visitor');
        visitor = null;
      }
    },
    useKey(value) { key = value; },
    flush,
  };
  flush();
})();
