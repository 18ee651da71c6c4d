// Passkeys need a script: the browser itself talks with the device.
"use strict";

(() => {
  if (!window.PublicKeyCredential || !navigator.credentials) return;
  for (const part of document.querySelectorAll("[data-passkey]")) part.hidden = false;
  for (const part of document.querySelectorAll("[data-passkey-absent]")) part.hidden = true;

  const bytes = (text) => {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (letter) => letter.charCodeAt(0)).buffer;
  };
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const known = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

  async function question(form, address) {
    const answer = await fetch(address, {
      method: "POST",
      headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
    });
    if (!answer.ok) throw new Error(String(answer.status));
    return (await answer.json()).publicKey;
  }

  async function use(form) {
    const asked = await question(form, form.dataset.passkeyUse);
    const found = await navigator.credentials.get({
      publicKey: {
        ...asked,
        challenge: bytes(asked.challenge),
        allowCredentials: known(asked.allowCredentials),
      },
    });
    const given = found.response;
    return {
      id: found.id,
      rawId: text(found.rawId),
      type: found.type,
      clientExtensionResults: found.getClientExtensionResults(),
      response: {
        authenticatorData: text(given.authenticatorData),
        clientDataJSON: text(given.clientDataJSON),
        signature: text(given.signature),
        userHandle: given.userHandle ? text(given.userHandle) : null,
      },
    };
  }

  async function make(form) {
    const asked = await question(form, form.dataset.passkeyMake);
    const made = await navigator.credentials.create({
      publicKey: {
        ...asked,
        challenge: bytes(asked.challenge),
        user: { ...asked.user, id: bytes(asked.user.id) },
        excludeCredentials: known(asked.excludeCredentials),
      },
    });
    return {
      id: made.id,
      rawId: text(made.rawId),
      type: made.type,
      clientExtensionResults: made.getClientExtensionResults(),
      response: {
        attestationObject: text(made.response.attestationObject),
        clientDataJSON: text(made.response.clientDataJSON),
      },
    };
  }

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    const act = form.dataset.passkeyUse ? use : form.dataset.passkeyMake ? make : null;
    if (!act || form.elements.credential.value) return;
    event.preventDefault();
    const fault = form.querySelector("[data-passkey-fault]");
    fault.hidden = true;
    try {
      form.elements.credential.value = JSON.stringify(await act(form));
      form.submit();
    } catch {
      form.elements.credential.value = "";
      fault.hidden = false;
    }
  });
})();
