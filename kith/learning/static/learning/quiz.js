// Questions and stories: every answer is kept as one gives it; an order is moved in place; a calm
// clock; how many words. Without this script each button does the same with the server.
"use strict";

(() => {
  const language = document.documentElement.lang;
  const found = (selector, within = document) => [...within.querySelectorAll(selector)];

  // ── Keeping ────────────────────────────────────────────────────────────────────────────────────
  function keeps(form, { after }) {
    const said = form.querySelector("[data-kept]");
    const url = location.pathname;
    let timer = 0;
    let last = Promise.resolve();
    const save = async () => {
      const fields = KithKept.fieldsOf(form, [["go", "stay"]]);
      try {
        const answer = await KithKept.send(url, fields);
        if (!answer) { KithKept.keep(url, fields); return; }
        KithKept.drop(url);
        said.textContent = answer.status === 204 ? said.dataset.words : "";
      } catch {
        said.textContent = "";
        KithKept.keep(url, fields);
      }
    };
    const soon = (delay) => {
      clearTimeout(timer);
      said.textContent = "";
      timer = setTimeout(() => { last = last.then(save); }, delay);
    };
    restore(form, KithKept.waiting(url));
    form.addEventListener("input", () => soon(after));
    form.addEventListener("change", () => soon(0));
    form.addEventListener("submit", () => clearTimeout(timer));
    return soon;
  }

  // What was typed without a network stands in the fields again.
  function restore(form, fields) {
    if (!fields) return;
    const sent = new Map();
    for (const [name, value] of fields) sent.set(name, [...(sent.get(name) ?? []), value]);
    const list = form.querySelector("[data-order]");
    for (const key of list ? sent.get("answer") ?? [] : []) {
      const item = found("li", list).find((one) => one.dataset.key === key);
      if (item) list.append(item);
    }
    for (const field of form.elements) {
      const values = sent.get(field.name) ?? [];
      if (field.type === "radio" || field.type === "checkbox") field.checked = values.includes(field.value);
      else if (field.matches("select, textarea, input[type=text], [data-moved]")) field.value = values[0] ?? "";
    }
  }

  // ── Ordering: buttons that move at once, and dragging ──────────────────────────────────────────
  function startOrder(list, changed) {
    const moved = list.closest("fieldset").querySelector("[data-moved]");
    const said = list.closest("fieldset").querySelector("[data-order-said]");
    const tell = (item) => {
      moved.value = "yes";
      const items = found("li", list);
      said.textContent = list.dataset.words
        .replace("{place}", items.indexOf(item) + 1)
        .replace("{total}", items.length);
      changed();
    };
    list.addEventListener("click", (event) => {
      const button = event.target.closest("[data-move]");
      if (!button) return;
      event.preventDefault();
      const item = button.closest("li");
      const other = button.dataset.move === "up" ? item.previousElementSibling : item.nextElementSibling;
      if (!other) return;
      if (button.dataset.move === "up") other.before(item); else other.after(item);
      button.focus();
      tell(item);
    });
    let dragged = null;
    for (const item of found("li", list)) item.draggable = true;
    list.addEventListener("dragstart", (event) => {
      dragged = event.target.closest("li");
      dragged.classList.add("is-dragged");
      event.dataTransfer.effectAllowed = "move";
    });
    list.addEventListener("dragover", (event) => {
      const over = event.target.closest("li");
      if (!dragged) return;
      event.preventDefault();
      if (!over || over === dragged) return;
      const box = over.getBoundingClientRect();
      if (event.clientY < box.top + box.height / 2) over.before(dragged); else over.after(dragged);
    });
    list.addEventListener("dragend", () => {
      if (!dragged) return;
      dragged.classList.remove("is-dragged");
      tell(dragged);
      dragged = null;
    });
  }

  // ── The clock: minutes in words, nothing that blinks or jumps ──────────────────────────────────
  function startClock(place) {
    const words = place.querySelector("[data-clock-words]");
    const end = Date.now() + Number(place.dataset.clock) * 1000;
    const unit = (number, name) => new Intl.NumberFormat(`${language}-u-nu-latn`, { style: "unit", unit: name, unitDisplay: "long" }).format(number);
    const tick = () => {
      const minutes = Math.max(0, Math.ceil((end - Date.now()) / 60000));
      const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
      const parts = [...(hours ? [unit(hours, "hour")] : []), ...(rest || !hours ? [unit(rest, "minute")] : [])];
      const time = new Intl.ListFormat(language, { type: "unit" }).format(parts);
      const text = minutes ? place.dataset.words.replace("{time}", time) : place.dataset.over;
      if (words.textContent === text) return;
      // Said aloud twice only: with five minutes to go, and at the end.
      words.setAttribute("role", minutes === 5 || minutes === 0 ? "status" : "none");
      words.textContent = text;
    };
    if (Number(place.dataset.clock) > 0) setInterval(tick, 5000);
  }

  // ── Words ──────────────────────────────────────────────────────────────────────────────────────
  function startCount(area, words) {
    const line = document.createElement("p");
    line.className = "word-count";
    const about = Number(area.dataset.words);
    const count = () => {
      const number = area.value.trim() ? area.value.trim().split(/\s+/u).length : 0;
      line.textContent = (about ? words.wordsOf : words.words).replace("{number}", number).replace("{about}", about);
    };
    area.after(line);
    area.addEventListener("input", count);
    count();
  }

  for (const place of found("[data-clock]")) startClock(place);
  if (typeof KithKept === "undefined" || !KithKept) return;
  const quiz = document.querySelector("form[data-quiz]");
  if (quiz) {
    const soon = keeps(quiz, { after: 800 });
    for (const list of found("[data-order]", quiz)) startOrder(list, () => soon(0));
    // Enter in a field goes on; the first button of an order would move something.
    quiz.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !event.target.matches("input[type=text]")) return;
      event.preventDefault();
      quiz.requestSubmit(quiz.querySelector("[data-main]"));
    });
  }
  const story = document.querySelector("[data-story]");
  if (story) {
    const form = story.querySelector("form");
    // What is kept by itself needs no warning before one leaves.
    form.removeAttribute("data-guards-leaving");
    keeps(form, { after: 1500 });
    for (const area of found("textarea", form)) startCount(area, story.dataset);
  }
})();
