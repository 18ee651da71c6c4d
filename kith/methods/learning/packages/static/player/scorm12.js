// Keeps place and result with a learning system of SCORM 1.2.
"use strict";

self.kithRecord = (() => {
  const started = Date.now();
  let api = null;
  let isOver = false;
  let status = "";

  function find(from) {
    try {
      for (let one = from, far = 0; one && far < 12; one = one.parent, far += 1) {
        if (one.API) return one.API;
        if (one.parent === one) break;
      }
    } catch { /* a window of somebody else: there is none */ }
    return null;
  }
  const set = (name, value) => api.LMSSetValue(`cmi.core.${name}`, String(value));

  async function begin() {
    api = find(self) ?? (self.opener ? find(self.opener) : null);
    record.isThere = Boolean(api) && String(api.LMSInitialize("")) === "true";
    if (!record.isThere) return { location: "", data: "" };
    status = String(api.LMSGetValue("cmi.core.lesson_status"));
    if (status !== "passed" && status !== "completed") set("lesson_status", "incomplete");
    return { location: String(api.LMSGetValue("cmi.core.lesson_location")), data: String(api.LMSGetValue("cmi.suspend_data")) };
  }

  function save({ location, data, percent, isDone, passed }) {
    if (!record.isThere || isOver) return;
    set("lesson_location", location);
    api.LMSSetValue("cmi.suspend_data", data);
    if (percent !== null) { set("score.min", 0); set("score.max", 100); set("score.raw", percent); }
    const now = !isDone ? "incomplete" : passed === null ? "completed" : passed ? "passed" : "failed";
    if (status !== "passed" && status !== "completed" && now !== status) { status = now; set("lesson_status", now); }
    api.LMSCommit("");
  }

  function end() {
    if (!record.isThere || isOver) return;
    isOver = true;
    const seconds = Math.round((Date.now() - started) / 1000);
    const two = (number) => String(Math.floor(number)).padStart(2, "0");
    set("session_time", `${String(Math.floor(seconds / 3600)).padStart(4, "0")}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`);
    set("exit", "suspend");
    api.LMSFinish("");
  }

  const record = { isThere: false, begin, save, end };
  return record;
})();
