// How an answer is marked, as kith.methods.learning.questions.marking does it. An answer is the key
// of an option, a list of keys, or a text; whatever it is, nothing stops.
"use strict";

self.kithMarking = (() => {
  const LONGEST = 2000;
  const LETTERS = { "ł": "l", "đ": "d", "ø": "o", "æ": "ae", "œ": "oe", "ı": "i", "ß": "ss", "ى": "ي", "ة": "ه", "ـ": "",
    "’": "'", "‘": "'", "`": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "‑": "-" };
  const spaced = (text) => text.split(/\s+/u).filter(Boolean).join(" ");
  const folded = (text) => spaced([...text.toLowerCase().normalize("NFKD").replace(/\p{Mn}/gu, "")].map((sign) => LETTERS[sign] ?? sign).join(""));
  const asTyped = (text) => spaced(text.normalize("NFC"));
  const parts = (pattern) => pattern.split(/(?<!\\)\*/).map((part) => part.replaceAll("\\*", "*"));

  function fits(answer, pattern, isCase) {
    if (answer.length > LONGEST) return false;
    const fold = isCase ? asTyped : folded;
    const text = fold(answer);
    const wanted = parts(pattern).map(fold);
    if (wanted.length === 1) return text === wanted[0];
    const [first, last] = [wanted[0], wanted.at(-1)];
    if (!text.startsWith(first) || !text.endsWith(last)) return false;
    let at = first.length;
    const end = text.length - last.length;
    for (const part of wanted.slice(1, -1)) {
      const found = text.indexOf(part, at);
      if (found < 0 || found + part.length > Math.max(end, at)) return false;
      at = found + part.length;
    }
    return at <= end;
  }

  const SIGNS = { "−": "-", "–": "-", "٫": ".", "٬": "'", "’": "'", "،": "," };
  const DIGITS = "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹";

  function plain(text) {
    const one = text.trim();
    return one.length <= 60 && /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,2})?$/.test(one) ? Number(one) : null;
  }

  function decimals(text) {
    const commas = text.split(",").length - 1;
    const points = text.split(".").length - 1;
    if (commas && points) {
      const [last, other] = text.lastIndexOf(",") > text.lastIndexOf(".") ? [",", "."] : [".", ","];
      return text.replaceAll(other, "").replaceAll(last, ".");
    }
    if (commas > 1 || points > 1) return text.replaceAll(",", "").replaceAll(".", "");
    return text.replaceAll(",", ".");
  }

  // One number, two where 1,500 can be read in two ways, or none.
  function numbersRead(given) {
    if (given.length > 60) return [];
    let text = [...given].map((sign) => SIGNS[sign] ?? (DIGITS.includes(sign) ? String(DIGITS.indexOf(sign) % 10) : sign)).join("").trim();
    text = text.replace(/(?<=\d)[\s'](?=\d{3}(?!\d))/gu, "");
    const ways = [decimals(text)];
    if (/^[+-]?[1-9]\d{0,2}[.,]\d{3}$/.test(text)) ways.push(text.replaceAll(",", "").replaceAll(".", ""));
    return ways.map(plain).filter((one) => one !== null);
  }

  function readings(answer, units) {
    let text = answer.trim();
    for (const name of units) {
      const before = text.slice(0, Math.max(0, text.length - name.length)).trim();
      if (before && folded(text.slice(before.length)) === folded(name)) text = before;
    }
    return numbersRead(text);
  }

  const number = (numbers, values) => numbers.find((one) => values.some((value) => (one.low === null || value >= one.low) && (one.high === null || value <= one.high)));
  const typed = (answers, text, isCase) => (text.trim() ? answers.find((one) => fits(text, one.text, isCase)) : undefined);
  const sum = (numbers) => numbers.reduce((all, one) => all + one, 0);
  const share = (right) => (right.length ? right.filter(Boolean).length / right.length : 0);
  const texts = (answer) => (Array.isArray(answer) ? answer.map((one) => (typeof one === "string" ? one : "")) : []);
  const text = (answer) => (typeof answer === "string" ? answer : "");
  const of = (found) => ({ points: found ? found.weight : 0, why: found ? [found.why] : [] });

  function hit(gap, given) {
    if (gap.numbers.length) return number(gap.numbers, readings(given, []));
    return gap.chosen ? gap.answers.find((one) => one.text === given) : typed(gap.answers, given, gap.case);
  }

  const KINDS = {
    single: (q, answer) => of(q.options.find((one) => one.key === answer)),
    multiple: (q, answer) => {
      const chosen = q.options.filter((one) => texts(answer).includes(one.key));
      return { points: sum(chosen.map((one) => one.weight)), why: chosen.map((one) => one.why) };
    },
    matching: (q, answer) => ({ points: share(q.pairs.map((one, at) => texts(answer)[at] === one.right)), why: [] }),
    ordering: (q, answer) => {
      const right = q.items.map((one) => one.key);
      const given = texts(answer);
      if ([...given].sort().join("\n") !== [...right].sort().join("\n")) return { points: 0, why: [] };
      if (q.grading === "next" && right.length > 1) {
        const after = new Map(right.slice(0, -1).map((one, at) => [one, right[at + 1]]));
        return { points: share(given.slice(0, -1).map((one, at) => after.get(one) === given[at + 1])), why: [] };
      }
      return { points: share(right.map((one, at) => one === given[at])), why: [] };
    },
    numeric: (q, answer) => of(number(q.numbers, readings(text(answer), q.units))),
    short: (q, answer) => of(typed(q.answers, text(answer), q.case)),
    gap: (q, answer) => {
      const whole = sum(q.gaps.map((one) => one.share));
      const hits = q.gaps.map((one, at) => hit(one, texts(answer)[at] ?? ""));
      const points = sum(hits.map((one, at) => (one && whole ? (one.weight * q.gaps[at].share) / whole : 0)));
      return { points, why: hits.filter(Boolean).map((one) => one.why) };
    },
  };

  // points 0 to 1, whether that is all, and what is said, as HTML.
  function mark(question, answer) {
    const found = KINDS[question.kind](question, answer);
    let points = Math.min(Math.max(found.points, 0), 1);
    if (points > 1 - 1e-9) points = 1;
    if (points < 1e-9 || (!question.partial && points < 1)) points = 0;
    const after = points === 1 ? question.rightWhy : points ? question.partlyWhy || question.wrongWhy : question.wrongWhy;
    return { points, right: points === 1, said: [...found.why, after, question.why].filter(Boolean) };
  }

  return { mark, fits, numbersRead };
})();
