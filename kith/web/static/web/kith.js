// What a script adds to pages that all work without one.
"use strict";

(() => {
  const find = (selector, within = document) => [...within.querySelectorAll(selector)];
  const on = (name, selector, act) =>
    document.addEventListener(name, (event) => {
      const place = event.target instanceof Element ? event.target.closest(selector) : null;
      if (place) act(event, place);
    });

  // ── Quick hide: the link, or Esc twice ─────────────────────────────────────────────────────────
  let lastEscape = 0;
  let leaving = false;
  function hide() {
    const link = document.querySelector("[data-quick-hide]");
    if (!link) return;
    document.documentElement.hidden = true;
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

  // ── Forms: focus on the summary of errors; a warning before unsaved words are left ─────────────
  const changed = new Set();
  find("[data-takes-focus]").slice(0, 1).forEach((summary) => summary.focus());
  on("input", "form[data-guards-leaving]", (_event, form) => changed.add(form));
  on("submit", "form", () => { leaving = true; });
  on("click", "[data-leaves-form]", () => { leaving = true; });
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

  // ── Sliders say in words where they stand ──────────────────────────────────────────────────────
  function startSlider(block) {
    const words = JSON.parse(block.dataset.slider);
    const [slider] = find("input[type=range]", block);
    const [said] = find("[data-slider-said]", block);
    const say = () => {
      said.textContent = words.find(([most]) => Number(slider.value) <= most)[1];
      slider.setAttribute("aria-valuetext", said.textContent);
    };
    slider.addEventListener("input", say);
    say();
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
    find("[data-slider]", root).forEach(startSlider);
    find("[data-signature]", root).forEach(startSignature);
    find("[data-read-aloud]", root).forEach(startReading);
  }
  start(document);
  document.addEventListener("htmx:after:swap", (event) => {
    if (event.target instanceof Element) start(event.target);
  });
})();
