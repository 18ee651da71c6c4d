// What was opened once stays readable without a network, and what is typed meanwhile is kept on this
// device and sent when there is one again. Signing out takes all of it away.
"use strict";

const KithKept = (() => {
  const place = document.querySelector("[data-offline]");
  if (!place) return null;
  const { reader } = place.dataset;
  const isOpen = reader === "everybody";
  const STORE = "kith.learning.";
  const own = STORE + reader;
  const PRIVATE = new Set(["csrfmiddlewaretoken", "kept_for"]);

  const say = (words) => { place.textContent = words; };

  // ── Kept on this device: address -> fields, the last ones of each address ──────────────────────
  function read() {
    try { return new Map(JSON.parse(localStorage.getItem(own) ?? "[]")); } catch { return new Map(); }
  }
  function write(kept) {
    try {
      if (kept.size) localStorage.setItem(own, JSON.stringify([...kept]));
      else localStorage.removeItem(own);
    } catch { /* A full or closed store: the page still asks to be sent. */ }
  }
  // On a shared device nothing of somebody else stays.
  function forgetOthers() {
    try {
      for (const key of Object.keys(localStorage)) {
        if (key.startsWith(STORE) && key !== own) localStorage.removeItem(key);
      }
    } catch { /* No store, nothing to forget. */ }
  }

  function fieldsOf(form, more = []) {
    return [...new FormData(form).entries()].filter(([name]) => !PRIVATE.has(name)).concat(more);
  }
  function keep(url, fields) {
    const kept = read();
    kept.delete(url);
    kept.set(url, fields);
    write(kept);
    say(place.dataset.wordsKept);
  }
  function drop(url) {
    const kept = read();
    if (kept.delete(url)) write(kept);
  }

  function token() {
    const cookie = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie);
    return cookie ? cookie[1] : document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
  }
  // Gives whether it arrived; throws where there is no network.
  async function send(url, fields) {
    const body = new URLSearchParams([...fields, ["csrfmiddlewaretoken", token()]]);
    const answer = await fetch(url, { method: "POST", body, credentials: "same-origin" });
    const isAway = answer.status === 403 || new URL(answer.url).pathname.startsWith("/sign-in/");
    return isAway ? null : answer;
  }
  let sending = null;
  async function sendAll() {
    let sent = 0;
    for (const [url, fields] of read()) {
      const answer = await send(url, fields).catch(() => null);
      if (!answer) return;
      // An edition that was left, an attempt handed in elsewhere: there is nothing to repeat.
      if (answer.status < 500) { drop(url); sent += 1; }
    }
    if (sent) say(place.dataset.wordsSent);
  }
  function flush() {
    if (isOpen || !navigator.onLine || !read().size) return;
    sending ??= sendAll().finally(() => { sending = null; });
  }

  // ── Going on while away: a screen is noted as read later, a question keeps its answer ──────────
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const { next, before } = form.dataset;
    if (!next || navigator.onLine) return;
    event.preventDefault();
    const { submitter } = event;
    const extra = submitter?.name && submitter.name !== "go" ? [[submitter.name, submitter.value]] : [];
    const isQuiz = "quiz" in form.dataset;
    keep(location.pathname, fieldsOf(form, isQuiz ? [...extra, ["go", "stay"]] : extra));
    location.assign(submitter?.value === "back" && before ? before : next);
  });

  // ── The worker that keeps pages ────────────────────────────────────────────────────────────────
  async function startWorker() {
    if (!("serviceWorker" in navigator)) return;
    const { worker, scope, keep: addresses } = place.dataset;
    await navigator.serviceWorker.register(worker, { scope });
    const { active } = await navigator.serviceWorker.ready;
    const { lang, dir } = document.documentElement;
    const pages = [location.pathname, ...addresses.split(" ").filter(Boolean)];
    active.postMessage({ reader, pages, lang, dir, missing: place.dataset.wordsMissing });
  }

  if (!isOpen) forgetOthers();
  if (!navigator.onLine) say(read().size ? place.dataset.wordsKept : place.dataset.wordsAway);
  window.addEventListener("online", flush);
  window.addEventListener("offline", () => say(place.dataset.wordsAway));
  flush();
  startWorker().catch(() => { /* A private window: pages are read with a network alone. */ });

  return { fieldsOf, keep, drop, send, waiting: (url) => read().get(url) };
})();
