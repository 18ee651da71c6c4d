// Reading: how long a screen was really in view, and printing. Pages work without it.
"use strict";

(() => {
  // ── Time with the page in view; a tab in the background does not count ─────────────────────────
  const form = document.querySelector("form[data-read]");
  if (form) {
    const field = form.querySelector("input[name=seconds]");
    let seen = 0;
    let since = document.hidden ? null : Date.now();
    const count = () => {
      if (since !== null) seen += Date.now() - since;
      since = document.hidden ? null : Date.now();
      field.value = String(Math.round(seen / 1000));
    };
    document.addEventListener("visibilitychange", count);
    form.addEventListener("submit", count, { capture: true });
  }

  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
})();
