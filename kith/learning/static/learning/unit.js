// Questions for oneself: the browser looks, nothing is sent and nothing is kept. Without this script
// the answer stands behind a line that opens.
"use strict";

(() => {
  const found = (selector, within) => [...within.querySelectorAll(selector)];
  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/ł/g, "l").replace(/\s+/g, " ").trim();

  function fits(text, pattern) {
    const parts = folded(pattern).split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
    return new RegExp(`^${parts.join(".*")}$`, "u").test(folded(text));
  }

  // Each way gives "empty", "right" or "wrong".
  const WAYS = {
    choices(form) {
      const all = found("input[data-right]", form);
      if (!all.some((one) => one.checked)) return "empty";
      for (const one of all) {
        const why = one.closest("label").querySelector("[data-why]");
        if (why) why.hidden = !one.checked;
      }
      return all.every((one) => one.checked === (one.dataset.right === "yes")) ? "right" : "wrong";
    },
    slots(form) {
      const all = found("[data-right]", form);
      if (all.some((one) => !one.value.trim())) return "empty";
      const isRight = (one) => {
        const known = JSON.parse(one.dataset.right);
        return one.tagName === "SELECT" ? known.includes(one.value) : known.some((text) => fits(one.value, text));
      };
      return all.every(isRight) ? "right" : "wrong";
    },
    order(form) {
      const list = form.querySelector("[data-order]");
      const keys = found("li", list).map((one) => one.dataset.key);
      return JSON.stringify(keys) === JSON.stringify(JSON.parse(list.dataset.right)) ? "right" : "wrong";
    },
    number(form) {
      const field = form.querySelector("[data-right]");
      const value = Number.parseFloat(field.value.replace(",", "."));
      if (Number.isNaN(value)) return "empty";
      const within = ([low, high]) => (low === null || value >= low) && (high === null || value <= high);
      return JSON.parse(field.dataset.right).some(within) ? "right" : "wrong";
    },
  };
  const KINDS = {
    single: WAYS.choices, multiple: WAYS.choices, matching: WAYS.slots, gap: WAYS.slots,
    short: WAYS.slots, ordering: WAYS.order, numeric: WAYS.number,
  };

  function look(form) {
    const result = KINDS[form.dataset.check](form);
    form.querySelector("[data-said]").textContent = form.dataset[`${result}Word`];
    const show = (name, isShown) => {
      const why = form.querySelector(`[data-${name}-why]`);
      why.hidden = !isShown || !why.textContent.trim();
    };
    show("right", result === "right");
    show("wrong", result === "wrong");
  }

  function startOrder(form) {
    const said = form.querySelector("[data-order-said]");
    form.addEventListener("click", (event) => {
      const button = event.target.closest("[data-move]");
      if (!button) return;
      event.preventDefault();
      const item = button.closest("li");
      const isUp = button.dataset.move === "up";
      const other = isUp ? item.previousElementSibling : item.nextElementSibling;
      if (!other) return;
      if (isUp) other.before(item); else other.after(item);
      button.focus();
      const items = found("li", item.parentElement);
      said.textContent = item.parentElement.dataset.words
        .replace("{place}", items.indexOf(item) + 1)
        .replace("{total}", items.length);
    });
  }

  for (const form of document.querySelectorAll("form[data-check]")) {
    form.classList.add("is-live");
    form.querySelector("[data-check-now]").hidden = false;
    form.addEventListener("submit", (event) => { event.preventDefault(); look(form); });
    startOrder(form);
  }
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
})();
