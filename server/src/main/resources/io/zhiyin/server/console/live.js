// The live stream, read by hand because an EventSource cannot send a key.

import { headers } from './api.js';

const AGAIN = 2000;

/**
 * Tells what the server says each second, for as long as the page is open; it ends by itself after
 * some minutes and is opened again.
 * @param tell takes the data
 * @param lost is called when there is no connection
 */
export async function listen(signal, tell, lost) {
  while (!signal.aborted) {
    try {
      const response = await fetch('/v1/live', { signal, headers: headers() });
      if (response.status === 401 || response.status === 403) {
        document.dispatchEvent(new CustomEvent('key-needed', { detail: response.status }));
        return;
      }
      if (!response.ok) throw new TypeError(`HTTP ${response.status}`);
      await read(response.body, tell);
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof TypeError) && error.name !== 'NetworkError') throw error;
      lost();
    }
    await new Promise((done) => setTimeout(done, AGAIN));
  }
}

async function read(body, tell) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    const parts = (rest + chunk.value).split('\n\n');
    rest = parts.pop();
    for (const part of parts) {
      if (part.startsWith('data: ')) tell(JSON.parse(part.slice(6)));
    }
  }
}
