// Keeps place and result with a learning system of cmi5, by xAPI.
"use strict";

self.kithRecord = (() => {
  const asked = new URLSearchParams(location.search);
  const at = (name) => asked.get(name) ?? "";
  const verbs = "http://adlnet.gov/expapi/verbs/";
  const started = Date.now();
  let token = "";
  let launch = {};
  let sent = Promise.resolve();
  const said = new Set();
  let before = "";

  const query = (values) => new URLSearchParams(values).toString();
  const call = (path, options = {}) => fetch(`${at("endpoint").replace(/\/?$/, "/")}${path}`, {
    ...options,
    headers: { Authorization: `Basic ${token}`, "X-Experience-API-Version": "1.0.3", "Content-Type": "application/json", ...options.headers },
  });
  const place = () => ({ activityId: at("activityId"), agent: at("actor"), registration: at("registration") });
  const state = (stateId) => `activities/state?${query({ ...place(), stateId })}`;
  const document_ = async (path) => {
    const answer = await call(path);
    return answer.ok ? answer.json() : null;
  };
  const duration = () => `PT${Math.max(0, (Date.now() - started) / 1000).toFixed(2)}S`;

  function statement(verb, result, isMoveOn) {
    const context = structuredClone(launch.contextTemplate ?? {});
    context.registration = at("registration");
    context.contextActivities ??= {};
    const cmi5 = { id: "https://w3id.org/xapi/cmi5/context/categories/cmi5" };
    const moveOn = { id: "https://w3id.org/xapi/cmi5/context/categories/moveon" };
    context.contextActivities.category = [...(context.contextActivities.category ?? []), cmi5, ...(isMoveOn ? [moveOn] : [])];
    if (isMoveOn && launch.masteryScore !== undefined && verb !== "completed") {
      context.extensions = { ...context.extensions, "https://w3id.org/xapi/cmi5/context/extensions/masteryscore": launch.masteryScore };
    }
    return {
      id: uuid(), actor: JSON.parse(at("actor")), verb: { id: verbs + verb, display: { en: verb } },
      object: { objectType: "Activity", id: at("activityId") }, context, timestamp: new Date().toISOString(), ...(result ? { result } : {}),
    };
  }
  // Works where crypto.randomUUID does not: on pages without TLS.
  function uuid() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }
  const tell = (verb, result, isMoveOn, options = {}) => call("statements", { method: "POST", body: JSON.stringify(statement(verb, result, isMoveOn)), ...options });
  const later = (act) => { sent = sent.then(act, act); return sent; };

  async function begin() {
    if (!at("fetch") || !at("endpoint")) return { location: "", data: "" };
    try {
      const answer = await fetch(at("fetch"), { method: "POST" });
      token = (await answer.json())["auth-token"] ?? "";
      if (!token) return { location: "", data: "" };
      launch = (await document_(state("LMS.LaunchData"))) ?? {};
      await document_(`agents/profile?${query({ agent: at("actor"), profileId: "cmi5LearnerPreferences" })}`);
      await tell("initialized");
      record.isThere = true;
      const names = (await document_(`activities/state?${query(place())}`)) ?? [];
      const kept = names.includes("bookmark") ? await document_(state("bookmark")) : null;
      before = kept ? JSON.stringify(kept) : "";
      for (const verb of kept?.said ?? []) said.add(verb);
      return { location: kept?.location ?? "", data: kept?.data ?? "" };
    } catch { return { location: "", data: "" }; }
  }

  function save({ location: screen, data, percent, isDone, passed }) {
    if (!record.isThere || (launch.launchMode ?? "Normal") !== "Normal") return;
    const score = percent === null ? {} : { score: { scaled: percent / 100, raw: percent, min: 0, max: 100 } };
    if (isDone && !said.has("completed")) {
      said.add("completed");
      later(() => tell("completed", { completion: true, duration: duration() }, true));
    }
    if (isDone && passed === true && !said.has("passed")) {
      said.add("passed");
      later(() => tell("passed", { success: true, ...score, duration: duration() }, true));
    }
    if (isDone && passed === false && !said.has("passed") && !said.has(`failed ${percent}`)) {
      said.add(`failed ${percent}`);
      later(() => tell("failed", { success: false, ...score, duration: duration() }, true));
    }
    const now = JSON.stringify({ location: screen, data, said: [...said] });
    if (now === before) return;
    before = now;
    later(() => call(state("bookmark"), { method: "PUT", body: now }));
  }

  function end() {
    if (!record.isThere) return;
    record.isThere = false;
    tell("terminated", { duration: duration() }, false, { keepalive: true });
  }

  const record = { isThere: false, begin, save, end };
  return record;
})();
