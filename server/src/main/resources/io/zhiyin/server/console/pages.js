// The pages, in the order of the navigation. Each is loaded when it is first opened; the first one
// is the start.
//
// A page's module has `page(main, route)`: it fills `main`. `route` is
// {id, parts, query, signal}: the parts of the address after the page's id, its query part, and an
// AbortSignal that fires when the page is left; it goes to calls, streams and timers.

export const PAGES = [
  { id: 'overview', icon: 'overview', load: () => import('./overview.js') },
  { id: 'users', icon: 'users', load: () => import('./users.js') },
  { id: 'items', icon: 'items', load: () => import('./items.js') },
  { id: 'scenarios', icon: 'rules', load: () => import('./scenarios.js') },
  { id: 'models', icon: 'models', load: () => import('./models.js') },
  { id: 'data', icon: 'data', load: () => import('./data.js') },
  { id: 'system', icon: 'system', load: () => import('./system.js') },
];

/** An address inside the console. */
export function link(id, parts = [], query = {}) {
  const path = [id, ...parts].map(encodeURIComponent).join('/');
  const q = new URLSearchParams(Object.entries(query).filter(([, v]) => v !== undefined && v !== '')).toString();
  return `#/${path}${q ? `?${q}` : ''}`;
}

/** Changes the query part of the address without leaving the page. */
export function note(route, query) {
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === '') route.query.delete(name);
    else route.query.set(name, value);
  }
  history.replaceState(history.state, '', link(route.id, route.parts, Object.fromEntries(route.query)));
}
