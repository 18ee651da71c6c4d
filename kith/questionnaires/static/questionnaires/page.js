// A page of questions that answers while one types: what is asked, what does not hold, which
// choices there are, and in which language. Without this script the server does the same.
"use strict";

(() => {
  const start = document.querySelector("[data-questionnaire]");
  if (!start) return;
  const form = start.closest("form");
  const asked = form.closest(".asked");
  const moments = JSON.parse(start.dataset.moments);
  const faultWords = JSON.parse(start.dataset.faults);
  const kept = JSON.parse(start.dataset.answers);
  const blocks = new Map([...form.querySelectorAll("[data-key]:not([data-entry])")].map((one) => [one.dataset.key, one]));
  const touched = new Set();
  let instrument = null;

  const controls = (block) => [...block.querySelectorAll("input, select, textarea")];
  const inOrder = (name) => (one, other) => Number(one.name.slice(name.length + 1)) - Number(other.name.slice(name.length + 1));

  // What stands in the fields of one question, as the text that is kept.
  function answerOf(block) {
    const all = controls(block);
    if (!all.length) return null;
    if (all[0].type === "radio") return all.find((one) => one.checked)?.value ?? "";
    if (all[0].type === "checkbox") {
      const chosen = all.filter((one) => one.checked).map((one) => one.value);
      return block.querySelector(".form-check > input") ? (chosen.length ? "OK" : "") : chosen.join(" ");
    }
    if (block.querySelector(".rank")) {
      return all.sort(inOrder(block.dataset.key)).map((one) => one.value).filter(Boolean).join(" ");
    }
    return all[0].value;
  }

  function answers() {
    const found = structuredClone(kept);
    for (const [key, block] of blocks) {
      const answer = answerOf(block);
      if (answer === null) continue;
      const parts = key.split(".");
      const inRepeat = parts.length > 2 && /^[0-9]+$/.test(parts.at(-2));
      if (!inRepeat) { found[key] = answer; continue; }
      const [repeat, entry, name] = [parts.slice(0, -2).join("."), Number(parts.at(-2)), parts.at(-1)];
      found[repeat] = Array.isArray(found[repeat]) ? found[repeat] : [];
      while (found[repeat].length <= entry) found[repeat].push({});
      found[repeat][entry][name] = answer;
    }
    return found;
  }

  function look() {
    const filled = KithQuestions.fill(instrument, answers(), moments);
    for (const cell of filled.cells) {
      const block = blocks.get(cell.key);
      if (block) show(block, cell);
    }
    for (const block of form.querySelectorAll(".block-another, .block-entry, .block-own_entry")) {
      const cell = filled.cells.find((one) => one.kind === "repeat" && one.name === block.dataset.key);
      block.hidden = !cell?.shown;
    }
  }

  function show(block, cell) {
    block.hidden = !cell.shown;
    if (cell.kind === "note" || cell.readOnly) { sayNote(block, cell); return; }
    if (cell.kind === "group") { say(block.querySelector("[data-text]"), cell.label); return; }
    say(block.querySelector(".form-label, .form-check-label"), cell.label || cell.hint);
    const help = block.querySelector(".field-help");
    if (help && cell.label && cell.hint) say(help, cell.hint);
    if (cell.options.length || block.dataset.options) showOptions(block, cell);
    showFault(block, touched.has(cell.key) ? cell.fault : undefined);
  }

  function sayNote(block, cell) {
    const place = block.querySelector("[data-text]");
    if (place) place.textContent = cell.kind === "note" ? cell.label : `${cell.label}: ${cell.value}`;
  }

  // Only the words change; what stands beside them in the element stays.
  function say(place, text) {
    if (!place) return;
    const words = [...place.childNodes].find((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    if (words && words.data.trim() !== text) words.data = `${text} `;
  }

  // ── Choices: those that are there change their words, others come and go ───────────────────────
  function showOptions(block, cell) {
    const print = JSON.stringify(cell.options);
    if (block.dataset.options === print) return;
    const first = block.dataset.options === undefined;
    block.dataset.options = print;
    const lists = block.querySelectorAll("select");
    if (lists.length) { lists.forEach((list) => fillList(list, cell.options)); return; }
    const cards = block.querySelector(".choicecards");
    if (cards && !(first && sameCodes(cards, cell.options))) fillCards(cards, cell);
    else if (cards) cell.options.forEach(([code, label]) => say(labelOf(cards, code), label));
  }

  const sameCodes = (cards, options) =>
    JSON.stringify([...cards.querySelectorAll("input")].map((one) => one.value)) === JSON.stringify(options.map(([code]) => code));
  const labelOf = (cards, code) =>
    [...cards.querySelectorAll("input")].find((one) => one.value === code)?.closest("label").querySelector(".choicecard-label");

  function fillList(list, options) {
    const chosen = list.value;
    const empty = list.options[0]?.value === "" ? [["", list.options[0].text]] : [];
    list.replaceChildren(...[...empty, ...options].map(([code, label]) => new Option(label, code, false, code === chosen)));
  }

  function fillCards(cards, cell) {
    const chosen = new Set([...cards.querySelectorAll("input:checked")].map((one) => one.value));
    const type = cell.kind === "select_one" ? "radio" : "checkbox";
    cards.replaceChildren(...cell.options.map(([code, label], number) => {
      const card = document.createElement("label");
      card.className = "choicecard";
      const input = document.createElement("input");
      Object.assign(input, { type, name: cell.key, value: code, id: `id_${cell.key}_${number}`, className: "form-check-input", checked: chosen.has(code) });
      card.htmlFor = input.id;
      const words = document.createElement("span");
      words.className = "choicecard-words";
      const text = document.createElement("span");
      text.className = "choicecard-label";
      text.textContent = label;
      words.append(text);
      card.append(input, words);
      return card;
    }));
  }

  // ── What does not hold, said at its question once somebody has been there ──────────────────────
  function showFault(block, fault) {
    if (fault === undefined) return;
    const field = block.querySelector(".field");
    const [control] = controls(block);
    let list = field.querySelector(".field-error");
    field.classList.toggle("field-wrong", Boolean(fault));
    if (!fault) { list?.remove(); control?.removeAttribute("aria-invalid"); return; }
    if (!list) {
      list = document.createElement("ul");
      list.className = "field-error";
      list.setAttribute("role", "alert");
      const label = field.querySelector(".form-label, .form-check");
      label.after(list);
    }
    const words = fault.own || faultWords[fault.code].replace(/%\((\w+)\)s/g, (_all, name) => fault.params?.[name] ?? "");
    const line = document.createElement("li");
    line.textContent = words;
    list.replaceChildren(line);
    control?.setAttribute("aria-invalid", "true");
  }

  // ── The language of the questions, without losing a word ───────────────────────────────────────
  function speak(link) {
    moments.language = link.dataset.tongue;
    asked.lang = link.lang;
    asked.dir = link.dir;
    form.querySelector("input[name=in]").value = link.dataset.tongue;
    for (const other of document.querySelectorAll("[data-tongue]")) other.removeAttribute("aria-current");
    link.setAttribute("aria-current", "true");
    look();
  }

  function begin(found) {
    instrument = found;
    form.addEventListener("input", look);
    form.addEventListener("change", (event) => {
      const block = event.target.closest("[data-key]");
      if (block) touched.add(block.dataset.key);
      look();
    });
    document.addEventListener("click", (event) => {
      const link = event.target instanceof Element ? event.target.closest("[data-tongue]") : null;
      if (!link) return;
      event.preventDefault();
      speak(link);
    });
    look();
    start.dataset.ready = "yes";
  }

  fetch(start.dataset.questionnaire, { headers: { Accept: "application/json" }, credentials: "same-origin" })
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(String(answer.status)))))
    .then(begin)
    .catch(() => { /* The page works without it: the server looks again at every step. */ });
})();
