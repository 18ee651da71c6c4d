// The page around a package: hears what the closed frame says, and saves it.
"use strict";

(() => {
  const place = document.querySelector("[data-player]");
  if (!place) return;
  const frame = place.querySelector("iframe");
  const said = place.querySelector("[data-said]");
  const player = place.dataset.player ? JSON.parse(place.dataset.player) : null;
  const away = document.querySelector("[data-leave]");

  // Only the frame and frames within it are heard; what they send has the origin of nobody.
  const isOurs = (source) => {
    for (let one = source; one; one = one.parent) {
      if (one === frame.contentWindow) return true;
      if (one.parent === one) return false;
    }
    return false;
  };
  self.addEventListener("message", (event) => {
    if (event.origin !== "null" || !isOurs(event.source)) event.stopImmediatePropagation();
  });

  // The frame begins only when somebody hears it: what it said before would be lost.
  async function begin() {
    if (!place.dataset.launch) { frame.src = frame.dataset.src; return; }
    const body = new FormData();
    body.set("key", place.dataset.key);
    body.set("csrfmiddlewaretoken", place.querySelector("[name=csrfmiddlewaretoken]").value);
    try {
      const answer = await fetch(place.dataset.launch, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "error" });
      frame.src = (await answer.json()).url;
    } catch { said.textContent = said.dataset.unopened; }
  }
  if (!player) { begin(); return; }
  const is12 = player.standard === "scorm12";
  const names = is12
    ? ["core.lesson_location", "core.lesson_status", "core.score.raw", "core.score.min", "core.score.max", "suspend_data"]
    : ["location", "completion_status", "success_status", "score.raw", "score.min", "score.max", "score.scaled", "suspend_data"];
  const values = Object.fromEntries(Object.entries(player.values).filter(([, value]) => value !== ""));
  const api = is12 ? new Scorm12API({ logLevel: 5 }) : new Scorm2004API({ logLevel: 5 });
  api.loadFromFlattenedJSON(values);
  new CrossFrameLMS(api, "*", { rateLimit: 2000 });

  const hour = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
  let counted = Date.now();
  let timer = 0;
  let saving = null;
  let isLater = false;

  const told = () => {
    const all = api.getFlattenedCMI();
    return Object.fromEntries(names.map((name) => [`cmi.${name}`, String(all[`cmi.${name}`] ?? "")]));
  };

  function say(words) {
    if (said.textContent !== words) said.textContent = words;
  }

  async function send() {
    const now = Date.now();
    const body = new FormData();
    body.set("told", JSON.stringify(told()));
    body.set("seconds", String(Math.round((now - counted) / 1000)));
    body.set("csrfmiddlewaretoken", place.querySelector("[name=csrfmiddlewaretoken]").value);
    const answer = await fetch(player.save, { method: "POST", body, redirect: "error" });
    if (answer.status === 413) return say((await answer.json()).problem);
    if (!answer.ok) throw new Error(String(answer.status));
    counted = now;
    say(said.dataset.saved.replace("{time}", hour.format(now)));
  }

  // One after the other: an older one never arrives behind a newer one.
  function save() {
    clearTimeout(timer);
    if (saving) { isLater = true; return saving; }
    isLater = false;
    saving = send().then(() => true, () => { say(said.dataset.failed); return false; }).then((isKept) => {
      saving = null;
      if (isLater) return save();
      if (!isKept) timer = setTimeout(save, 5000);
      return isKept;
    });
    return saving;
  }

  function soon(wait) {
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  }

  const events = is12 ? ["LMSSetValue.cmi.*", "LMSCommit", "LMSFinish"] : ["SetValue.cmi.*", "Commit", "Terminate"];
  events.forEach((name, at) => api.on(name, () => soon(at ? 0 : 1000)));

  begin();

  // Whoever leaves by our link: the package says its last words first, and they are saved.
  away?.addEventListener("click", async (event) => {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    frame.src = "about:blank";
    await new Promise((done) => { setTimeout(done, 400); });
    await Promise.race([save(), new Promise((done) => { setTimeout(done, 3000); })]);
    location.assign(away.href);
  });
})();
