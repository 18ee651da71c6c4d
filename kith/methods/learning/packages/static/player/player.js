// An exported course: one screen at a time, quizzes, the place where one stopped, and the result.
"use strict";

(async () => {
  const course = self.kithCourse;
  const { words } = course;
  const { asked, make, mixed } = self.kithQuestions;
  const screens = [...document.querySelectorAll("[data-screen]")];
  const names = screens.map((one) => one.dataset.screen);
  const back = document.getElementById("back");
  const next = document.getElementById("next");
  const said = document.getElementById("said");
  const quizzes = screens.filter((one) => one.dataset.kind === "quiz").map((one) => one.dataset.screen);
  const hasFinal = names.includes("final");
  const record = self.kithRecord;

  const kept = await record.begin();
  if (!record.isThere) said.textContent = words.alone;
  const state = read(kept.data);
  let at = Math.max(0, names.indexOf(kept.location));

  // What is kept fits into the 4,096 signs of SCORM 1.2: a bit for each screen, best per cent.
  function read(text) {
    try {
      const found = JSON.parse(text);
      const seen = new Set(names.filter((_name, place) => (Number(`0x${found.s[Math.floor(place / 4)] ?? 0}`) >> (place % 4)) & 1));
      return { seen, best: found.b ?? {} };
    } catch { return { seen: new Set(), best: {} }; }
  }
  function written() {
    const groups = [];
    names.forEach((name, place) => {
      const group = Math.floor(place / 4);
      groups[group] = (groups[group] ?? 0) | (state.seen.has(name) ? 1 << (place % 4) : 0);
    });
    return JSON.stringify({ s: groups.map((one) => one.toString(16)).join(""), b: state.best });
  }

  const isPassed = (name) => (state.best[name] ?? -1) >= course.passPercent;
  const isRead = () => screens.every((one) => !["screen", "quiz"].includes(one.dataset.kind) || state.seen.has(one.dataset.screen));
  const isReady = () => isRead() && quizzes.every(isPassed);

  // The result: that of the final test; without one, of the quizzes together; without any, none.
  function result() {
    if (hasFinal) return state.best.final ?? null;
    if (!quizzes.length) return null;
    return isReady() ? Math.round(quizzes.reduce((all, one) => all + state.best[one], 0) / quizzes.length) : null;
  }
  function save() {
    const percent = result();
    const isDone = isRead() && (hasFinal ? percent !== null : isReady());
    const passed = percent === null ? null : isDone ? percent >= course.passPercent : null;
    record.save({ location: names[at], data: written(), percent, isDone, passed });
  }

  function show(place, { focus = true } = {}) {
    at = Math.min(Math.max(place, 0), screens.length - 1);
    screens.forEach((one, number) => { one.hidden = number !== at; });
    const screen = screens[at];
    state.seen.add(names[at]);
    if (screen.dataset.kind === "quiz" || screen.dataset.kind === "final") draw(screen);
    back.disabled = at === 0;
    next.disabled = at === screens.length - 1;
    document.getElementById("progress").textContent = words.progress.replace("{seen}", state.seen.size).replace("{all}", names.length);
    contents();
    self.scrollTo(0, 0);
    if (focus) screen.querySelector("h1").focus();
    save();
  }

  function contents() {
    const list = document.querySelector("#contents ol");
    list.replaceChildren(...screens.map((screen, place) => {
      const above = screen.querySelector(".above")?.textContent;
      const title = screen.querySelector("h1").textContent;
      const button = make("button", { type: "button", text: above ? `${above}: ${title}` : title, "aria-current": place === at ? "page" : false });
      button.addEventListener("click", () => { document.getElementById("contents").open = false; show(place); });
      return make("li", { class: state.seen.has(names[place]) ? "is-seen" : "" }, button);
    }));
  }

  function drawn(screen) {
    const { questions } = course;
    if (screen.dataset.kind === "final") return mixed(Object.values(questions).flatMap((bank) => mixed(bank).slice(0, course.finalQuestions)));
    return mixed(questions[screen.dataset.screen.split("/")[0]]).slice(0, course.quizQuestions);
  }

  function draw(screen) {
    const place = screen.querySelector(".quiz");
    if (place.childElementCount && !place.dataset.isLocked) return;
    delete place.dataset.isLocked;
    if (screen.dataset.kind === "final" && !isReady()) {
      place.dataset.isLocked = "yes";
      place.replaceChildren(make("p", { text: words.locked }));
      return;
    }
    begin(screen, place);
  }

  function begin(screen, place) {
    const all = drawn(screen).map(asked);
    const check = make("button", { type: "submit", class: "main", text: words.check });
    const form = make("form", {}, ...all.map((one) => one.box), check);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      finish(screen, place, all.map((one) => one.mark()));
      check.remove();
    });
    place.replaceChildren(form);
  }

  function finish(screen, place, points) {
    const percent = Math.floor((100 * points.reduce((sum, one) => sum + one, 0)) / points.length + 1e-9);
    const name = screen.dataset.screen;
    state.best[name] = Math.max(state.best[name] ?? 0, percent);
    const line = words.result.replace("{percent}", percent).replace("{needed}", course.passPercent);
    const passed = percent >= course.passPercent;
    const again = make("button", { type: "button", text: words.again });
    again.addEventListener("click", () => { begin(screen, place); screen.querySelector("h1").focus(); });
    const verdict = passed ? (name === "final" ? words.done : words.passed) : words.failed;
    const box = make("div", { class: "result", tabindex: "-1", role: "status" }, make("p", { text: line }), make("p", { text: verdict }), ...(passed ? [] : [again]));
    place.append(box);
    box.focus();
    save();
  }

  back.addEventListener("click", () => show(at - 1));
  next.addEventListener("click", () => show(at + 1));
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    const href = link?.getAttribute("href") ?? "";
    if (href.startsWith("#")) {
      const target = document.getElementById(href.slice(1));
      const place = screens.indexOf(target?.closest("[data-screen]"));
      event.preventDefault();
      if (place < 0) return;
      show(place, { focus: false });
      target.tabIndex = -1;
      target.focus();
    } else if (link) { link.target = "_blank"; }
  });
  self.addEventListener("pagehide", () => record.end());
  show(at, { focus: false });
})();
