// What a script adds to pages that all work without one.
"use strict";

(() => {
  const find = (selector, within = document) => [...within.querySelectorAll(selector)];
  const on = (name, selector, act) =>
    document.addEventListener(name, (event) => {
      const place = event.target instanceof Element ? event.target.closest(selector) : null;
      if (place) act(event, place);
    });
  const store = {
    // A browser may forbid the store: then drafts are simply not kept.
    read(key) { try { return sessionStorage.getItem(key); } catch { return null; } },
    write(key, value) { try { sessionStorage.setItem(key, value); } catch { /* not kept */ } },
    drop(key) { try { sessionStorage.removeItem(key); } catch { /* nothing kept */ } },
    keys() { try { return Object.keys(sessionStorage); } catch { return []; } },
  };

  // ── Quick hide: the link, or Esc twice ─────────────────────────────────────────────────────────
  let lastEscape = 0;
  function hide() {
    const link = document.querySelector("[data-quick-hide]");
    if (!link) return;
    document.documentElement.hidden = true;
    forgetDrafts();
    leaving = true;
    window.location.replace(link.href);
  }
  on("click", "[data-quick-hide]", (event) => { event.preventDefault(); hide(); });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = document.querySelector("details[data-pop][open]");
    if (open) { open.open = false; open.querySelector("summary").focus(); return; }
    if (event.timeStamp - lastEscape < 700) hide();
    lastEscape = event.timeStamp;
  });

  // ── Menus that close when one clicks elsewhere ─────────────────────────────────────────────────
  document.addEventListener("click", (event) => {
    for (const menu of find("details[data-pop][open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });

  // ── Forms: focus on the summary of errors, drafts, leaving ─────────────────────────────────────
  const DRAFT = "draft:";
  let leaving = false;
  const changed = new Set();

  function answers(form) {
    return [...new FormData(form)].filter(([name, value]) =>
      typeof value === "string" && name !== "csrfmiddlewaretoken" && !isSecret(form, name));
  }
  function isSecret(form, name) {
    return find(`[name="${CSS.escape(name)}"]`, form).some((field) => field.type === "password");
  }
  function forgetDrafts() {
    for (const key of store.keys()) if (key.startsWith(DRAFT)) store.drop(key);
  }
  function restore(form) {
    const kept = store.read(DRAFT + form.dataset.draft);
    // Answers that the server sent back are newer than what was kept here.
    if (!kept || "draftAnswered" in form.dataset) return;
    const values = JSON.parse(kept);
    for (const field of form.elements) {
      if (!field.name || field.type === "hidden" || field.type === "file") continue;
      const own = values.filter(([name]) => name === field.name).map(([, value]) => value);
      if (field.type === "checkbox" || field.type === "radio") field.checked = own.includes(field.value);
      else if (own.length) {
        const same = find(`[name="${CSS.escape(field.name)}"]`, form);
        field.value = own[same.indexOf(field)] ?? field.value;
      }
    }
    changed.add(form);
  }
  function startForms() {
    find("[data-takes-focus]").slice(0, 1).forEach((summary) => summary.focus());
    const forms = find("form[data-draft]");
    const here = new Set(forms.map((form) => DRAFT + form.dataset.draft));
    // Whoever is signed in and not on the form any more has saved it.
    if (document.querySelector(".pop-user")) {
      for (const key of store.keys()) {
        if (key.startsWith(DRAFT) && !here.has(key) && store.read("sent") === key) store.drop(key);
      }
    }
    forms.forEach(restore);
  }
  on("input", "form[data-guards-leaving]", (_event, form) => {
    changed.add(form);
    if (form.dataset.draft) store.write(DRAFT + form.dataset.draft, JSON.stringify(answers(form)));
  });
  on("submit", "form", (_event, form) => {
    leaving = true;
    if (form.dataset.draft) store.write("sent", DRAFT + form.dataset.draft);
    if ("forgetsDrafts" in form.dataset) forgetDrafts();
  });
  on("click", "[data-leaves-draft]", (_event, link) => {
    const form = link.closest("form");
    leaving = true;
    if (form?.dataset.draft) store.drop(DRAFT + form.dataset.draft);
  });
  window.addEventListener("beforeunload", (event) => {
    if (changed.size && !leaving) event.preventDefault();
  });

  // ── Week grid: a click on a day or a part of the day marks the whole line ──────────────────────
  function startWeek(grid) {
    const rows = find("tbody tr", grid).map((row) => find("input", row));
    const toggle = (boxes) => {
      const wanted = !boxes.every((box) => box.checked);
      for (const box of boxes) box.checked = wanted;
      boxes[0].dispatchEvent(new Event("input", { bubbles: true }));
    };
    find("[data-weekgrid-row]", grid).forEach((label, n) => becomeButton(label, () => toggle(rows[n])));
    find("[data-weekgrid-column]", grid).forEach((label, n) =>
      becomeButton(label, () => toggle(rows.map((row) => row[n]))));
    grid.addEventListener("keydown", (event) => {
      const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
      const row = rows.findIndex((boxes) => boxes.includes(document.activeElement));
      if (!step || row < 0) return;
      const sideways = getComputedStyle(grid).direction === "rtl" ? -step[1] : step[1];
      const column = rows[row].indexOf(document.activeElement);
      rows[row + step[0]]?.[column + sideways]?.focus();
      event.preventDefault();
    });
  }
  function becomeButton(label, act) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label.textContent;
    button.addEventListener("click", act);
    label.replaceChildren(button);
  }

  // ── Rows of languages: one empty row, and a button for another ─────────────────────────────────
  function startRows(block) {
    const rows = find("[data-row]", block);
    const isEmpty = (row) => find("select", row).every((field) => !field.value);
    rows.filter(isEmpty).slice(1).forEach((row) => row.remove());
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-plain";
    button.textContent = block.dataset.rowsAdd;
    button.addEventListener("click", () => {
      const last = find("[data-row]", block).at(-1);
      const next = last.cloneNode(true);
      const number = find("[data-row]", block).length;
      for (const field of find("select", next)) {
        const label = find(`label[for="${CSS.escape(field.id)}"]`, next)[0];
        field.id = field.id.replace(/_\d+_(\w+)$/, `_${number + 100}_$1`);
        label.htmlFor = field.id;
        field.selectedIndex = 0;
      }
      last.after(next);
      find("select", next)[0].focus();
    });
    block.append(button);
  }

  // ── Signature ──────────────────────────────────────────────────────────────────────────────────
  function startSignature(block) {
    const [pad] = find("[data-signature-pad]", block);
    const [canvas] = find("canvas", pad);
    const [drawn] = find("[data-signature-drawn]", block);
    const pen = canvas.getContext("2d");
    let isDown = false;
    pad.hidden = false;
    find("[data-signature-or]", block).forEach((words) => { words.hidden = false; });
    Object.assign(pen, { lineWidth: 3, lineCap: "round", lineJoin: "round", strokeStyle: "#1f2a37" });
    const place = (event) => {
      const box = canvas.getBoundingClientRect();
      return [(event.clientX - box.left) * canvas.width / box.width,
        (event.clientY - box.top) * canvas.height / box.height];
    };
    canvas.addEventListener("pointerdown", (event) => {
      isDown = true;
      canvas.setPointerCapture(event.pointerId);
      pen.beginPath();
      pen.moveTo(...place(event));
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!isDown) return;
      pen.lineTo(...place(event));
      pen.stroke();
    });
    const lift = () => {
      if (!isDown) return;
      isDown = false;
      drawn.value = canvas.toDataURL("image/png");
      drawn.dispatchEvent(new Event("input", { bubbles: true }));
    };
    canvas.addEventListener("pointerup", lift);
    canvas.addEventListener("pointercancel", lift);
    find("[data-signature-clear]", block)[0].addEventListener("click", () => {
      pen.clearRect(0, 0, canvas.width, canvas.height);
      drawn.value = "";
    });
  }

  // ── Lists: arrow keys walk through the lines ───────────────────────────────────────────────────
  on("keydown", "[data-arrow-keys]", (event, list) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const lines = find(".row-title", list);
    const present = lines.indexOf(document.activeElement);
    if (!step || present < 0) return;
    event.preventDefault();
    lines[present + step]?.focus();
  });

  // ── Read aloud ─────────────────────────────────────────────────────────────────────────────────
  function startReading(button) {
    if (!("speechSynthesis" in window)) return;
    button.hidden = false;
    button.addEventListener("click", () => {
      if (speechSynthesis.speaking) { speechSynthesis.cancel(); return; }
      const text = document.querySelector(button.dataset.readAloud).innerText;
      const speech = new SpeechSynthesisUtterance(text.replace(button.innerText, ""));
      speech.lang = document.documentElement.lang;
      speech.rate = 0.9;
      speechSynthesis.speak(speech);
    });
    window.addEventListener("pagehide", () => speechSynthesis.cancel());
  }

  function start(root) {
    find("[data-weekgrid]", root).forEach(startWeek);
    find("[data-rows]", root).forEach(startRows);
    find("[data-signature]", root).forEach(startSignature);
    find("[data-read-aloud]", root).forEach(startReading);
  }
  start(document);
  startForms();
  document.addEventListener("htmx:after:swap", (event) => {
    if (event.target instanceof Element) start(event.target);
  });
})();
