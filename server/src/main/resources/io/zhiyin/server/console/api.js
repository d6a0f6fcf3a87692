// Calls of the HTTP API with the admin's key of this tab.

const KEY = 'zhiyin.console.key';

export class ApiError extends Error {
  constructor(status, problem) {
    super(problem?.detail ?? `HTTP ${status}`);
    this.status = status;
    this.problem = problem;
  }
}

export const hasKey = () => sessionStorage.getItem(KEY) !== null;
export const useKey = (key) => sessionStorage.setItem(KEY, key);
export const forgetKey = () => sessionStorage.removeItem(KEY);

/** The headers that every call of the console has; for streams that are read by hand. */
export function headers() {
  const key = sessionStorage.getItem(KEY);
  return key === null ? {} : { 'X-Api-Key': key };
}

/**
 * One call; the answer's JSON, or null where there is none.
 * @param path with its query part
 * @param options {method, body: goes as JSON, signal}
 * @throws ApiError with the problem document; a call without the right key also asks for one
 */
export async function call(path, { method = 'GET', body, signal } = {}) {
  const sent = { Accept: 'application/json', ...headers() };
  if (body !== undefined) sent['Content-Type'] = 'application/json';
  const response = await fetch(path, { method, signal, headers: sent, body: body === undefined ? undefined : JSON.stringify(body) });
  const answer = response.status === 204 ? null : await response.json().catch(() => null);
  if (response.ok) return answer;
  if (response.status === 401 || response.status === 403) document.dispatchEvent(new CustomEvent('key-needed', { detail: response.status }));
  throw new ApiError(response.status, answer);
}

/** A query part of those that have a value; lists repeat their name. */
export function query(params) {
  const q = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (Array.isArray(value)) value.forEach((v) => q.append(name, v));
    else if (value !== undefined && value !== null && value !== '') q.append(name, value);
  }
  const text = q.toString();
  return text ? `?${text}` : '';
}

const documents = new Map();

/** The documents of these items by id, in as few calls as may be; unknown ones are left out. */
export async function items(ids, signal) {
  const missing = [...new Set(ids)].filter((id) => !documents.has(id));
  for (let i = 0; i < missing.length; i += 100) {
    const some = missing.slice(i, i + 100);
    const found = await call(`/v1/items${query({ itemIds: some, n: some.length })}`, { signal });
    for (const item of found.items) documents.set(item.itemId, item);
  }
  return new Map(ids.filter((id) => documents.has(id)).map((id) => [id, documents.get(id)]));
}
