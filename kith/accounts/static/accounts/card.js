// The number behind the # of a scanned card goes into the field, and out of the address.
"use strict";

(() => {
  const field = document.querySelector("[data-card-number]");
  const number = decodeURIComponent(window.location.hash.slice(1));
  if (!field || !/^[0-9A-Za-z]{16}$/.test(number)) return;
  field.value = number.match(/.{4}/g).join(" ");
  window.history.replaceState(null, "", window.location.pathname + window.location.search);
  document.querySelector('[name="pin"]')?.focus();
})();
