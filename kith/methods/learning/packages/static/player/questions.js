// One question on the page: fields to answer it, what was answered, and what is said about it.
"use strict";

self.kithQuestions = (() => {
  const { words } = self.kithCourse;
  let numbered = 0;

  function make(tag, { html, text, ...attributes } = {}, ...inside) {
    const one = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) if (value !== false) one.setAttribute(name, value === true ? "" : value);
    if (html !== undefined) one.innerHTML = html;
    if (text !== undefined) one.textContent = text;
    one.append(...inside);
    return one;
  }

  const mixed = (list) => {
    const all = [...list];
    for (let at = all.length - 1; at > 0; at -= 1) {
      const other = Math.floor(Math.random() * (at + 1));
      [all[at], all[other]] = [all[other], all[at]];
    }
    return all;
  };
  const plainText = (html) => make("div", { html }).textContent.trim();

  function options(question, type) {
    const shown = question.shuffle ? mixed(question.options) : question.options;
    const name = `q${numbered}`;
    const boxes = shown.map((one) => {
      const box = make("input", { type, name, value: one.key });
      return make("label", { class: "option" }, box, make("span", { html: one.html }));
    });
    const hint = type === "checkbox" ? [make("p", { class: "hint", text: words.several })] : [];
    const chosen = (root) => [...root.querySelectorAll("input:checked")].map((one) => one.value);
    return { parts: [...hint, ...boxes], answer: (root) => (type === "radio" ? chosen(root)[0] ?? "" : chosen(root)) };
  }

  function matching(question) {
    const rights = question.shuffle ? mixed(question.rights) : question.rights;
    const rows = question.pairs.map((pair, at) => {
      const id = `q${numbered}-${at}`;
      const list = make("select", { "aria-labelledby": id }, make("option", { value: "", text: words.choose }),
        ...rights.map((one) => make("option", { value: one.key, text: plainText(one.html) })));
      return make("label", { class: "pair" }, make("span", { id, html: pair.html }), list);
    });
    return { parts: rows, answer: (root) => [...root.querySelectorAll("select")].map((one) => one.value) };
  }

  function ordering(question) {
    const right = question.items.map((one) => one.key).join();
    let shown = mixed(question.items);
    if (shown.length > 1 && shown.map((one) => one.key).join() === right) shown = [...shown.slice(1), shown[0]];
    const list = make("ol", { class: "order" });
    const move = (line, far) => {
      const other = far < 0 ? line.previousElementSibling : line.nextElementSibling;
      if (!other) return;
      if (far < 0) other.before(line); else other.after(line);
      line.querySelector(far < 0 ? "button" : "button:last-of-type").focus();
    };
    for (const one of shown) {
      const line = make("li", { "data-key": one.key }, make("span", { html: one.html }));
      for (const [far, sign, label] of [[-1, "↑", words.up], [1, "↓", words.down]]) {
        const button = make("button", { type: "button", text: sign, "aria-label": label.replace("{what}", plainText(one.html)) });
        button.addEventListener("click", () => move(line, far));
        line.append(button);
      }
      list.append(line);
    }
    return { parts: [make("p", { class: "hint", text: words.order }), list], answer: (root) => [...root.querySelectorAll("li[data-key]")].map((one) => one.dataset.key) };
  }

  function written(question) {
    const isNumber = question.kind === "numeric";
    const field = make("input", { type: "text", autocomplete: "off", "aria-label": words.your_answer, inputmode: isNumber ? "decimal" : "text", dir: "auto" });
    return { parts: [make("p", {}, field, ...(question.unit ? [` ${question.unit}`] : []))], answer: (root) => root.querySelector("input").value };
  }

  function gapped(question) {
    const text = make("div", { html: question.text });
    for (const place of text.querySelectorAll("[data-gap]")) {
      const number = Number(place.dataset.gap);
      const gap = question.gaps[number - 1];
      const label = words.gap.replace("{number}", number);
      const listed = [...new Set(gap.answers.map((one) => one.text))];
      const field = gap.chosen
        ? make("select", { "aria-label": label }, make("option", { value: "", text: words.choose }),
          ...(question.shuffle ? mixed(listed) : listed).map((one) => make("option", { value: one, text: one })))
        : make("input", { type: "text", autocomplete: "off", "aria-label": label, dir: "auto" });
      field.dataset.at = number - 1;
      place.replaceWith(field);
    }
    const answer = (root) => {
      const given = question.gaps.map(() => "");
      for (const one of root.querySelectorAll("[data-at]")) given[Number(one.dataset.at)] = one.value;
      return given;
    };
    return { parts: [text], answer };
  }

  const KINDS = { single: (q) => options(q, "radio"), multiple: (q) => options(q, "checkbox"), matching, ordering, numeric: written, short: written, gap: gapped };

  // A question to be put on the page: its element, and a function that marks it and says so there.
  function asked(question) {
    numbered += 1;
    const { parts, answer } = KINDS[question.kind](question);
    const box = make("fieldset", { "data-question": question.key }, make("legend", { html: question.stem || words.your_answer }), ...parts);
    const mark = () => {
      const marked = self.kithMarking.mark(question, answer(box));
      const word = marked.right ? words.right : marked.points ? words.partly : words.wrong;
      box.querySelector(".feedback")?.remove();
      box.append(make("div", { class: `feedback ${marked.right ? "is-right" : "is-not"}` }, make("strong", { text: word }), ...marked.said.map((html) => make("div", { html }))));
      for (const field of box.querySelectorAll("input, select, button")) field.disabled = true;
      return marked.points;
    };
    return { box, mark };
  }

  return { asked, make, mixed };
})();
