// Keeps pages of courses and units for reading without a network. With a network every page comes
// from the server. Pages belong to one reader; those of another go when that one signs in, and all
// go when Kith asks to sign in. Certificates are none of its addresses.
"use strict";

const PAGES = "kith-learning-pages-";
const FILES = "kith-learning-files";
const OPEN = `${PAGES}everybody`;
const MOST_FILES = 200;
const IS_PAGE = /^\/learning\/(?:seat|units)\//;
const IS_FILE = /^\/(?:static\/|learning\/(?:pictures|units\/[^/]+\/pictures)\/)/;
// The name of a file that never changes has a fingerprint.
const IS_LASTING = /\.[0-9a-f]{12}\.\w+$|\/pictures\/[0-9a-f]{16}\//;
const MISSING = "/learning/not-kept";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.mode === "navigate" && IS_PAGE.test(url.pathname)) {
    event.respondWith(request.method === "GET" ? page(url) : act(request, url));
  } else if (request.method === "GET" && IS_FILE.test(url.pathname)) {
    event.respondWith(file(request, url));
  }
});

self.addEventListener("message", (event) => {
  const { reader, pages, missing, lang, dir } = event.data;
  event.waitUntil(keepAll(reader, pages, { missing, lang, dir }));
});

// ── Pages ────────────────────────────────────────────────────────────────────────────────────────

async function page(url) {
  let answer;
  try {
    answer = await fetch(url.pathname + url.search, { credentials: "same-origin", cache: "no-store" });
  } catch {
    return (await kept(url.pathname)) ?? (await kept(MISSING)) ?? Response.error();
  }
  if (answer.redirected) {
    if (new URL(answer.url).pathname.startsWith("/sign-in/")) await forgetReaders();
    return Response.redirect(answer.url, 302);
  }
  await keep(url.pathname, answer.clone());
  return answer;
}

// What cannot be sent leads back to the page, which has kept it on the device.
async function act(request, url) {
  try { return await fetch(request); } catch { return Response.redirect(url.pathname, 303); }
}

async function kept(path) {
  for (const name of await caches.keys()) {
    if (!name.startsWith(PAGES)) continue;
    const found = await (await caches.open(name)).match(path);
    if (found) return found;
  }
  return undefined;
}

// Keeps a page that says whose it is; gives its text.
async function keep(path, answer) {
  const { status, headers } = answer;
  if (status !== 200 || !(headers.get("Content-Type") ?? "").startsWith("text/html")) return "";
  const text = await answer.text();
  const [, reader] = /data-reader="([a-z0-9]+)"/.exec(text) ?? [];
  if (!reader) return "";
  if (PAGES + reader !== OPEN) await forgetReaders(reader);
  const cache = await caches.open(PAGES + reader);
  await cache.put(path, new Response(text, { status, headers }));
  return text;
}

async function forgetReaders(but = "") {
  const names = (await caches.keys()).filter((name) => name.startsWith(PAGES));
  const others = names.filter((name) => name !== OPEN && name !== PAGES + but);
  await Promise.all(others.map((name) => caches.delete(name)));
}

// One after the other: a whole module is asked for only once, while somebody reads its first screen.
async function keepAll(reader, pages, words) {
  const cache = await caches.open(PAGES + reader);
  await cache.put(MISSING, notKept(words));
  for (const path of pages) {
    if (!IS_PAGE.test(path) || (await cache.match(path))) continue;
    const answer = await fetch(path, { credentials: "same-origin" }).catch(() => null);
    if (!answer || answer.redirected) return;
    await keepFiles(await keep(path, answer));
  }
}

function notKept({ missing, lang, dir }) {
  const safe = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const html = `<!doctype html><html lang="${safe(lang)}" dir="${safe(dir)}"><meta charset="utf-8">`
    + `<meta name="viewport" content="width=device-width"><title>Kith</title><p>${safe(missing)}</p></html>`;
  const headers = { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": "default-src 'none'" };
  return new Response(html, { headers });
}

// ── Files ────────────────────────────────────────────────────────────────────────────────────────

async function file(request, url) {
  const cache = await caches.open(FILES);
  const found = await cache.match(url.pathname);
  if (found && IS_LASTING.test(url.pathname)) return found;
  try {
    const answer = await fetch(request);
    if (answer.status === 200) await keepFile(cache, url.pathname, answer.clone());
    return answer;
  } catch (fault) {
    if (found) return found;
    throw fault;
  }
}

async function keepFile(cache, path, answer) {
  await cache.put(path, answer);
  const names = await cache.keys();
  await Promise.all(names.slice(0, Math.max(0, names.length - MOST_FILES)).map((one) => cache.delete(one)));
}

// Styles, scripts and pictures of a page that was not looked at yet.
async function keepFiles(text) {
  const cache = await caches.open(FILES);
  for (const [, path] of text.matchAll(/(?:src|href)="(\/[^"?#]+)"/g)) {
    if (!IS_FILE.test(path) || (await cache.match(path))) continue;
    const answer = await fetch(path, { credentials: "same-origin" }).catch(() => null);
    if (answer?.status === 200) await keepFile(cache, path, answer);
  }
}
