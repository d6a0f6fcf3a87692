// Calls of the HTTP API; the same ones that any shop's page would make.

const headers = () => {
  const key = sessionStorage.getItem('zhiyin.key');
  return key ? { 'X-Api-Key': key } : {};
};

export class ApiError extends Error {
  constructor(status, problem) {
    super(problem?.detail ?? `HTTP ${status}`);
    this.status = status;
    this.problem = problem;
  }
}

/** How often a call is made again that the shop had no room for; nothing of it was done. */
const AGAIN = 3;

async function call(path, options = {}) {
  for (let made = 1; ; made++) {
    const response = await fetch(path, { ...options, headers: { Accept: 'application/json', ...headers(), ...options.headers } });
    const body = response.status === 204 ? null : await response.json().catch(() => null);
    if (response.ok) return body;
    const after = response.headers.get('Retry-After');
    if (response.status !== 503 || after === null || made > AGAIN) throw new ApiError(response.status, body);
    // not all at the same moment
    await new Promise((done) => setTimeout(done, 1000 * after * (1 + Math.random() / 2)));
  }
}

const query = (params) => {
  const q = new URLSearchParams();
  for (const [key, value] of Object.entries(params)) {
    if (Array.isArray(value)) value.forEach((v) => q.append(key, v));
    else if (value !== undefined && value !== null && value !== '') q.append(key, value);
  }
  return q.toString();
};

export const useKey = (key) => {
  sessionStorage.setItem('zhiyin.key', key);
  window.zhiyin.useKey(key);
};

/** So many lists are asked for at one time: a small machine makes two, and one may wait. */
const AT_ONCE = 3;
const waiting = [];
let asking = 0;

/** When it is this call's turn; the newest first, for it is what the shopper looks at. */
async function inTurn(work) {
  if (asking < AT_ONCE) asking += 1;
  else await new Promise((go) => waiting.push(go));
  try {
    return await work();
  } finally {
    if (waiting.length) waiting.pop()();
    else asking -= 1;
  }
}

export const recommend = (scenario, params) => inTurn(() => call(`/v1/recommendations/${scenario}?${query(params)}`));

/** These items in the shopper's order; in a body, because so many do not fit in an address. */
export const inOrder = (itemIds, params) =>
  inTurn(() => call('/v1/recommendations/search-rerank', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ ...params, candidates: itemIds }) }));

/** What the shop knows of a shopper; null where the key does not allow to ask, or nothing is known. */
export async function profile({ userId, visitorId }) {
  const path = userId ? `/v1/users/${encodeURIComponent(userId)}` : `/v1/visitors/${encodeURIComponent(visitorId)}`;
  return call(`${path}/profile`).catch(() => null);
}
export const search = (params) => call(`/v1/search?${query(params)}`);
export const suggestions = (params) => call(`/v1/search/suggestions?${query(params)}`);
export const listing = (params) => call(`/v1/items?${query(params)}`);
export const categories = () => call('/v1/categories');
export const sampleShoppers = (n) => call(`/v1/shoppers/sample?n=${n}`);

const documents = new Map();

export const keep = (items) => items.forEach((item) => documents.set(item.itemId, item));

/** The item's document, from this page's memory or from the shop; null when there is none. */
export async function item(itemId) {
  try {
    const found = await call(`/v1/items/${encodeURIComponent(itemId)}`);
    keep([found]);
    return found;
  } catch (e) {
    if (e.status === 404) return null;
    throw e;
  }
}

export const known = (itemId) => documents.get(itemId);

/** The documents of these items, in one call for each hundred that are not known yet. */
export async function items(ids) {
  const missing = [...new Set(ids)].filter((id) => !documents.has(id));
  for (let i = 0; i < missing.length; i += 100) {
    const some = missing.slice(i, i + 100);
    keep((await listing({ itemIds: some, n: some.length })).items);
  }
  return ids.map((id) => documents.get(id)).filter(Boolean);
}
