// Questionnaires in the browser: the same answers as on the server, from the trees it sends.
// Nothing is parsed or evaluated as code here. kith/methods/instruments is the other side; the
// files *_cases.json of its tests are checked on both.
"use strict";

globalThis.KithQuestions = (() => {
  // ── Values: text, number, true or false, or a Nodes: the answers of all entries of a repeat ────
  class Nodes extends Array {}
  const nodes = (values) => Nodes.from(values);

  const SPACE = "\\t\\n\\v\\f\\r\\x1c-\\x1f \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
  const EDGES = new RegExp(`^[${SPACE}]+|[${SPACE}]+$`, "g");
  const GAPS = new RegExp(`[${SPACE}]+`);
  const NUMBER = /^[ \t\n\r\f\v]*-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)[ \t\n\r\f\v]*$/;
  const MOMENT = /^([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.[0-9]+)?)?(?:Z|[+-][0-9]{2}:[0-9]{2})?)?$/;
  const DAY = 86400;
  const FIRST_DAY = -719162;
  const LAST_DAY = 2932896;

  const trim = (text) => text.replace(EDGES, "");
  const words = (text) => { const found = trim(text).split(GAPS); return found[0] === "" ? [] : found; };
  const signs = (text) => [...text];

  function asString(value) {
    if (value instanceof Nodes) return value.length ? value[0] : "";
    if (typeof value === "boolean") return value ? "true" : "false";
    return typeof value === "number" ? digits(value) : value;
  }

  function asNumber(value) {
    if (typeof value === "boolean") return value ? 1 : 0;
    if (typeof value === "number") return value;
    const text = asString(value);
    if (NUMBER.test(text)) return Number(trim(text));
    const at = moment(text);
    return at === null ? NaN : days(at);
  }

  function asBoolean(value) {
    if (typeof value === "number") return value !== 0 && !Number.isNaN(value);
    return typeof value === "boolean" ? value : value.length > 0;
  }

  const asNodes = (value) => (value instanceof Nodes ? value : nodes([asString(value)]));

  // XPath knows no exponents: 0.0000001, not 1e-7.
  function digits(number) {
    if (!Number.isFinite(number)) return Number.isNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity";
    if (number === 0) return "0";
    const [mantissa, exponent] = String(number).split("e");
    if (exponent === undefined) return mantissa;
    const minus = mantissa.startsWith("-") ? "-" : "";
    const [whole, part = ""] = mantissa.replace("-", "").split(".");
    const place = whole.length + Number(exponent);
    const all = whole + part;
    if (place <= 0) return `${minus}0.${"0".repeat(-place)}${all}`;
    if (place >= all.length) return minus + all.padEnd(place, "0");
    return `${minus}${all.slice(0, place)}.${all.slice(place)}`;
  }

  // ── Days and times, as the wall shows them: milliseconds since 1970-01-01 without a zone ───────
  function moment(text) {
    const found = MOMENT.exec(trim(text));
    if (!found) return null;
    const [year, month, day, hour, minute, second] = found.slice(1).map((part) => Number(part || 0));
    if (year < 1 || hour > 23 || minute > 59 || second > 59) return null;
    const at = new Date(0);
    at.setUTCFullYear(year, month - 1, day);
    at.setUTCHours(hour, minute, second);
    const same = at.getUTCFullYear() === year && at.getUTCMonth() === month - 1 && at.getUTCDate() === day;
    return same ? at : null;
  }

  function days(at) {
    const seconds = Math.floor(at.getTime() / 1000);
    const whole = Math.floor(seconds / DAY);
    return whole + (seconds - whole * DAY) / DAY;
  }

  function momentOf(number) {
    if (!(number >= FIRST_DAY && number < LAST_DAY)) return null;
    const whole = Math.floor(number);
    const seconds = Math.floor((number - whole) * DAY + 0.5);
    return new Date((whole * DAY + seconds) * 1000);
  }

  function atMoment(value) {
    if (typeof value === "string" || value instanceof Nodes) {
      const text = asString(value);
      return moment(text) || momentOf(asNumber(text));
    }
    return momentOf(asNumber(value));
  }

  const pad = (number, size = 2) => String(number).padStart(size, "0");
  const isoDay = (at) => `${pad(at.getUTCFullYear(), 4)}-${pad(at.getUTCMonth() + 1)}-${pad(at.getUTCDate())}`;
  const isoTime = (at) => `${pad(at.getUTCHours())}:${pad(at.getUTCMinutes())}:${pad(at.getUTCSeconds())}`;
  const FORMATS = [
    ["%Y", (at) => pad(at.getUTCFullYear(), 4)],
    ["%y", (at) => pad(at.getUTCFullYear() % 100)],
    ["%m", (at) => pad(at.getUTCMonth() + 1)],
    ["%n", (at) => String(at.getUTCMonth() + 1)],
    ["%d", (at) => pad(at.getUTCDate())],
    ["%e", (at) => String(at.getUTCDate())],
    ["%H", (at) => pad(at.getUTCHours())],
    ["%h", (at) => String(at.getUTCHours())],
    ["%M", (at) => pad(at.getUTCMinutes())],
    ["%S", (at) => pad(at.getUTCSeconds())],
  ];

  function formatted(value, pattern) {
    const at = atMoment(value);
    if (at === null) return "";
    let text = pattern;
    for (const [sign, shown] of FORMATS) text = text.split(sign).join(shown(at));
    return text;
  }

  // ── What the functions do ──────────────────────────────────────────────────────────────────────
  const flat = (values) => values.flatMap((value) => (value instanceof Nodes ? [...value] : [value]));
  const texts = (values) => flat(values).map(asString);
  const numbers = (values) => flat(values).map(asNumber);

  function extreme(values, choose) {
    const found = numbers(values);
    return !found.length || found.some(Number.isNaN) ? NaN : found.reduce((one, other) => (choose(other, one) ? other : one));
  }

  function rounded(number, places = 0) {
    if (!(Number.isFinite(number) && Number.isFinite(places))) return number;
    const factor = Number(`1e${Math.max(-15, Math.min(15, Math.trunc(places)))}`);
    const grown = number * factor + 0.5;
    return Number.isFinite(grown) ? Math.floor(grown) / factor : number;
  }

  function multiplied(base, times) {
    let found = 1;
    let square = base;
    for (let left = times; left > 0; left = Math.floor(left / 2)) {
      if (left % 2) found *= square;
      square *= square;
    }
    return found;
  }

  // Machines round the last digits apart.
  const toTwelveDigits = (number) => (Number.isFinite(number) ? Number(number.toExponential(11)) : number);

  function power(base, exponent) {
    if (Number.isNaN(base) || !Number.isFinite(exponent)) return NaN;
    if (exponent === Math.trunc(exponent)) {
      const found = multiplied(base, Math.abs(exponent));
      return exponent < 0 ? 1 / found : found;
    }
    if (base === 0) return exponent > 0 ? 0 : Infinity;
    return base > 0 ? toTwelveDigits(base ** exponent) : NaN;
  }

  function logarithm(number, work) {
    if (number === 0) return -Infinity;
    return number > 0 ? toTwelveDigits(work(number)) : NaN;
  }

  function part(text, start, end = Infinity) {
    if (Number.isNaN(start) || Number.isNaN(end)) return "";
    const all = signs(text);
    const size = all.length;
    const [first, last] = [start, end]
      .map((at) => Math.trunc(Math.max(-size, Math.min(size, at))))
      .map((at) => (at < 0 ? at + size : at));
    return all.slice(first, Math.max(first, last)).join("");
  }

  function before(text, sign) {
    const at = sign ? text.indexOf(sign) : -1;
    return at < 0 ? "" : text.slice(0, at);
  }

  function after(text, sign) {
    if (!sign) return text;
    const at = text.indexOf(sign);
    return at < 0 ? "" : text.slice(at + sign.length);
  }

  function exchanged(text, old, fresh) {
    const table = new Map();
    const into = signs(fresh);
    signs(old).forEach((sign, at) => { if (!table.has(sign)) table.set(sign, into[at] ?? ""); });
    return signs(text).map((sign) => table.get(sign) ?? sign).join("");
  }

  function selectedAt(answer, place) {
    const codes = words(answer);
    const at = Math.trunc(place);
    return Number.isFinite(place) && at >= 0 && at < codes.length ? codes[at] : "";
  }

  function fitsPattern(text, pattern) {
    if (signs(text).length > 1000) return false;
    try { return new RegExp(`^(?:${pattern})$`, "u").test(text); } catch { return false; }
  }

  function within(number, least, most) {
    return (least === -1 || number >= least) && (most === -1 || number <= most);
  }

  function checkedByWeight(least, most, values) {
    let sum = 0;
    for (let at = 0; at + 1 < values.length; at += 2) if (asBoolean(values[at])) sum += asNumber(values[at + 1]);
    return within(sum, least, most);
  }

  function entryOf(scope, question, number) {
    const found = scope.series(question);
    return number >= 1 && number <= found.length ? found[Math.trunc(number) - 1] : "";
  }

  function timeAsNumber(text) {
    const at = moment(`1970-01-01T${trim(text)}`);
    return at === null ? NaN : (at.getUTCHours() * 3600 + at.getUTCMinutes() * 60 + at.getUTCSeconds()) / DAY;
  }

  const A = "any", N = "number", T = "text", B = "boolean";
  const FUNCTIONS = {
    "if": [[B, A, A], (_s, holds, yes, no) => (holds ? yes : no)],
    "coalesce": [[A], (_s, ...values) => values.map(asString).find((text) => text) ?? ""],
    "once": [[A], (scope, value) => scope.current || asString(value)],
    "not": [[B], (_s, holds) => !holds],
    "true": [[], () => true],
    "false": [[], () => false],
    "boolean": [[A], (_s, value) => asBoolean(value)],
    "boolean-from-string": [[T], (_s, text) => text === "true" || text === "1"],
    "checklist": [[N, N, A], (_s, least, most, ...values) => within(values.filter(asBoolean).length, least, most)],
    "weighted-checklist": [[N, N, A], (_s, least, most, ...values) => checkedByWeight(least, most, values)],
    "selected": [[T, T], (_s, answer, code) => words(answer).includes(code)],
    "selected-at": [[T, N], (_s, answer, place) => selectedAt(answer, place)],
    "count-selected": [[T], (_s, text) => words(text).length],
    "jr:choice-name": [[T, "question"], (scope, code, question) => scope.label(question, code)],
    "position": [["place"], (scope) => scope.position],
    "indexed-repeat": [["question", "question", N], (scope, question, _repeat, number) => entryOf(scope, question, number)],
    "count": [["series"], (_s, series) => series.length],
    "count-non-empty": [["series"], (_s, series) => series.filter((one) => trim(one)).length],
    "sum": [[A], (_s, ...values) => numbers(values).reduce((one, other) => one + other, 0)],
    "min": [[A], (_s, ...values) => extreme(values, ORDER["<"])],
    "max": [[A], (_s, ...values) => extreme(values, ORDER[">"])],
    "join": [[T, A], (_s, sign, ...values) => texts(values).join(sign)],
    "number": [[A], (_s, value) => asNumber(value)],
    "int": [[N], (_s, number) => (Number.isFinite(number) ? Math.trunc(number) + 0 : NaN)],
    "round": [[N, N], (_s, number, places) => rounded(number, places)],
    "floor": [[N], (_s, number) => Math.floor(number) + 0],
    "ceiling": [[N], (_s, number) => Math.ceil(number) + 0],
    "abs": [[N], (_s, number) => Math.abs(number)],
    "pow": [[N, N], (_s, base, exponent) => power(base, exponent)],
    "sqrt": [[N], (_s, number) => Math.sqrt(number)],
    "exp": [[N], (_s, number) => toTwelveDigits(Math.exp(number))],
    "exp10": [[N], (_s, number) => power(10, number)],
    "log": [[N], (_s, number) => logarithm(number, Math.log)],
    "log10": [[N], (_s, number) => logarithm(number, Math.log10)],
    "pi": [[], () => Math.PI],
    "string": [[A], (_s, value) => asString(value)],
    "concat": [[A], (_s, ...values) => texts(values).join("")],
    "string-length": [[T], (_s, text) => signs(text).length],
    "substr": [[T, N, N], (_s, text, start, end) => part(text, start, end)],
    "substring-before": [[T, T], (_s, text, sign) => before(text, sign)],
    "substring-after": [[T, T], (_s, text, sign) => after(text, sign)],
    "contains": [[T, T], (_s, text, sign) => text.includes(sign)],
    "starts-with": [[T, T], (_s, text, sign) => text.startsWith(sign)],
    "ends-with": [[T, T], (_s, text, sign) => text.endsWith(sign)],
    "translate": [[T, T, T], (_s, text, old, fresh) => exchanged(text, old, fresh)],
    "normalize-space": [[T], (_s, text) => words(text).join(" ")],
    "regex": [[T, T], (_s, text, pattern) => fitsPattern(text, pattern)],
    "today": [[], (scope) => scope.today],
    "now": [[], (scope) => scope.now],
    "date": [[A], (_s, value) => { const at = atMoment(value); return at === null ? "" : isoDay(at); }],
    "date-time": [[A], (_s, value) => { const at = atMoment(value); return at === null ? "" : `${isoDay(at)}T${isoTime(at)}`; }],
    "decimal-date-time": [[A], (_s, value) => { const at = atMoment(value); return at === null ? NaN : days(at); }],
    "decimal-time": [[T], (_s, text) => timeAsNumber(text)],
    "format-date": [[A, T], (_s, value, pattern) => formatted(value, pattern)],
    "format-date-time": [[A, T], (_s, value, pattern) => formatted(value, pattern)],
  };

  // ── Trees ──────────────────────────────────────────────────────────────────────────────────────
  const CONVERSIONS = { text: asString, number: asNumber, boolean: asBoolean, series: asNodes, any: (value) => value };
  const ARITHMETIC = {
    "+": (one, other) => one + other,
    "-": (one, other) => one - other,
    "*": (one, other) => one * other,
    "div": (one, other) => one / other,
    "mod": (one, other) => one % other,
  };
  const ORDER = {
    "<": (one, other) => one < other,
    "<=": (one, other) => one <= other,
    ">": (one, other) => one > other,
    ">=": (one, other) => one >= other,
  };

  function evaluate(tree, scope) {
    switch (tree[0]) {
      case "text":
      case "number": return tree[1];
      case "answer": return scope.value(tree[1]);
      case "column": return scope.columns[tree[1]] ?? "";
      case "minus": return -asNumber(evaluate(tree[1], scope));
      case "op": return operation(tree, scope);
      case "call": return call(tree, scope);
      default: return scope.current;
    }
  }

  function operation([, sign, leftTree, rightTree], scope) {
    const left = evaluate(leftTree, scope);
    if (sign === "and" || sign === "or") {
      const settled = asBoolean(left) === (sign === "or");
      return settled ? asBoolean(left) : asBoolean(evaluate(rightTree, scope));
    }
    const right = evaluate(rightTree, scope);
    if (ARITHMETIC[sign]) return ARITHMETIC[sign](asNumber(left), asNumber(right));
    return compare(sign, left, right);
  }

  // Of a series one answer that fits is enough.
  function compare(sign, left, right) {
    if (typeof left === "boolean" || typeof right === "boolean") return alike(sign, left, right);
    const lefts = left instanceof Nodes ? [...left] : [left];
    const rights = right instanceof Nodes ? [...right] : [right];
    return lefts.some((one) => rights.some((other) => alike(sign, one, other)));
  }

  function alike(sign, left, right) {
    if (ORDER[sign]) return ORDER[sign](asNumber(left), asNumber(right));
    const is = (kind) => typeof left === kind || typeof right === kind;
    const as = is("boolean") ? asBoolean : is("number") ? asNumber : asString;
    return (as(left) === as(right)) === (sign === "=");
  }

  function call([, name, trees], scope) {
    const [takes, work] = FUNCTIONS[name];
    const values = trees.map((tree, at) => argument(takes[Math.min(at, takes.length - 1)], tree, scope));
    return work(scope, ...values);
  }

  function argument(kind, tree, scope) {
    if (tree[0] === "parent") return "";
    if (kind === "question") return tree[0] === "answer" ? tree[1] : "";
    return CONVERSIONS[kind](evaluate(tree, scope));
  }

  // ── A questionnaire with answers ───────────────────────────────────────────────────────────────
  const OUTSIDE = -1;
  const MOST_ENTRIES = 100;
  const CHOOSING = new Set(["select_one", "select_multiple", "rank"]);
  const UNSEEN = new Set(["calculate", "hidden"]);
  const WITHOUT_ANSWER = new Set(["group", "repeat", "note"]);
  const IN_TEXT = /\$\{\s*([\p{L}_][\p{L}\p{N}\p{M}_.-]*)\s*\}/gu;

  function* walk(items) {
    for (const item of items) { yield item; yield* walk(item.items || []); }
  }

  class State {
    constructor(instrument, answers, { today, now, language }) {
      Object.assign(this, { instrument, given: answers, today, now });
      this.language = language || instrument.language;
      this.all = [...walk(instrument.items)];
      this.items = new Map(this.all.map((item) => [item.name, item]));
      this.repeatOf = new Map();
      this.parent = new Map();
      this.place(instrument.items, "", "");
      this.values = new Map();
      this.relevant = new Map();
      this.entries = new Map();
    }

    place(items, parent, repeat) {
      for (const item of items) {
        this.parent.set(item.name, parent);
        if (repeat) this.repeatOf.set(item.name, repeat);
        this.place(item.items || [], item.name, item.kind === "repeat" ? item.name : repeat);
      }
    }

    key(name, entry) { return `${entry}|${name}`; }

    settle() {
      const print = () => JSON.stringify([[...this.values], [...this.relevant], [...this.entries]]);
      for (let round = 0; round < this.items.size + 2; round += 1) {
        const before = print();
        for (const item of this.all) this.settleItem(item);
        if (before === print()) return;
      }
    }

    settleItem(item) {
      for (const entry of this.entriesOf(item.name)) {
        const key = this.key(item.name, entry);
        this.relevant.set(key, this.isRelevant(item, entry));
        if (item.kind === "repeat") this.entries.set(item.name, this.count(item));
        else if (item.calculate) this.values.set(key, this.calculated(item, entry));
        else if (!WITHOUT_ANSWER.has(item.kind) && !this.values.has(key)) this.values.set(key, this.firstValue(item, entry));
      }
    }

    isRelevant(item, entry) {
      const above = this.parent.get(item.name);
      const place = this.repeatOf.has(above) ? entry : OUTSIDE;
      if (above && this.relevant.get(this.key(above, place)) === false) return false;
      if (item.relevant && !this.holds(item.relevant, item, entry)) return false;
      // Nothing to choose from is nothing to ask: the question before has no answer yet.
      return !item.filter || this.choicesFor(item, entry).length > 0;
    }

    count(item) {
      if (!item.count) {
        return Object.hasOwn(this.given, item.name) ? Math.min(this.rows(item.name).length, MOST_ENTRIES) : 1;
      }
      const number = asNumber(evaluate(item.count, this.scope(item, OUTSIDE)));
      return Number.isNaN(number) ? 0 : Math.trunc(Math.max(0, Math.min(number, MOST_ENTRIES)));
    }

    calculated(item, entry) {
      if (!this.relevant.get(this.key(item.name, entry))) return "";
      const value = evaluate(item.calculate, this.scope(item, entry));
      return typeof value === "number" && Number.isNaN(value) ? "" : asString(value);
    }

    firstValue(item, entry) {
      const row = entry === OUTSIDE ? this.given : this.rows(this.repeatOf.get(item.name))[entry] || {};
      if (Object.hasOwn(row, item.name)) {
        const given = row[item.name];
        return typeof given === "string" ? trim(given) : "";
      }
      return item.defaultRule ? asString(evaluate(item.defaultRule, this.scope(item, entry))) : item.default;
    }

    rows(repeat) {
      const rows = this.given[repeat];
      return Array.isArray(rows) ? rows : [];
    }

    entriesOf(name) {
      const repeat = this.repeatOf.get(name);
      if (!repeat) return [OUTSIDE];
      return [...Array(this.entries.get(repeat) || 0).keys()];
    }

    visible(name, entry) {
      const key = this.key(name, entry);
      return this.relevant.get(key) ? this.values.get(key) ?? "" : "";
    }

    holds(rule, item, entry) { return Boolean(rule) && asBoolean(evaluate(rule, this.scope(item, entry))); }

    scope(item, entry, columns = {}) {
      return {
        value: (name) => this.seen(name, item, entry),
        current: this.values.get(this.key(item.name, entry)) ?? "",
        series: (name) => this.entriesOf(name).map((one) => this.visible(name, one)),
        position: entry + 1,
        today: this.today,
        now: this.now,
        columns,
        label: (question, code) => this.labelOf(question, code),
      };
    }

    seen(name, item, entry) {
      const asked = this.items.get(name);
      if (!asked) return "";
      if (asked.kind === "repeat") {
        const shown = this.relevant.get(this.key(name, OUTSIDE));
        return nodes(shown ? Array(this.entries.get(name) || 0).fill("") : []);
      }
      const repeat = this.repeatOf.get(name);
      if (!repeat) return this.visible(name, OUTSIDE);
      if (repeat === this.repeatOf.get(item.name)) return this.visible(name, entry);
      const relevant = this.entriesOf(name).filter((one) => this.relevant.get(this.key(name, one)));
      return nodes(relevant.map((one) => this.values.get(this.key(name, one)) ?? ""));
    }

    labelOf(question, code) {
      const item = this.items.get(question);
      const choice = (this.instrument.choices[item?.choices] || []).find((one) => one.code === code);
      return choice ? this.words(choice.label) : "";
    }

    words(text, language = this.language) {
      return [language, this.instrument.language, ...Object.keys(text)].map((code) => text[code]).find((one) => one) || "";
    }

    told(text, item, entry) {
      const scope = this.scope(item, entry);
      return this.words(text).replace(IN_TEXT, (_all, name) => asString(scope.value(name)));
    }

    choicesFor(item, entry) {
      const choices = this.instrument.choices[item.choices] || [];
      if (!item.filter) return choices;
      return choices.filter((one) => {
        const columns = { ...one.columns, name: one.code, label: this.words(one.label) };
        return asBoolean(evaluate(item.filter, this.scope(item, entry, columns)));
      });
    }

    *places(items = this.instrument.items, entry = OUTSIDE) {
      for (const item of items) {
        yield [item, entry];
        if (item.kind !== "repeat") { yield* this.places(item.items || [], entry); continue; }
        for (let number = 0; number < (this.entries.get(item.name) || 0); number += 1) yield* this.places(item.items || [], number);
      }
    }
  }

  // ── Whether an answer can be an answer to its question ─────────────────────────────────────────
  const isMoment = (value) => value.includes("T") && moment(value) !== null;
  const SHAPES = {
    integer: [(value) => /^-?[0-9]{1,9}$/.test(value), "not_whole"],
    decimal: [(value) => isDecimal(value), "not_number"],
    date: [(value) => /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(value) && moment(value) !== null, "not_day"],
    time: [(value) => /^[0-9]{2}:[0-9]{2}(?::[0-9]{2})?$/.test(value) && moment(`1970-01-01T${value}`) !== null, "not_time"],
    dateTime: [isMoment, "not_moment"],
    acknowledge: [(value) => value === "OK", "not_choice"],
  };
  const isDecimal = (value) => /^-?[0-9]{1,15}(?:\.[0-9]{1,15})?$/.test(value);

  function faultOf(state, item, entry, { required, choices }) {
    const value = state.visible(item.name, entry);
    if (!value) return required ? { code: "required", own: state.words(item.requiredMessage) } : null;
    const shape = shapeFault(item, value, choices);
    if (shape) return shape;
    if (item.constraint && !state.holds(item.constraint, item, entry)) {
      return { code: "constraint", own: state.words(item.constraintMessage) };
    }
    return null;
  }

  function shapeFault(item, value, choices) {
    if (SHAPES[item.kind]) return SHAPES[item.kind][0](value) ? null : { code: SHAPES[item.kind][1], own: "" };
    if (item.kind === "range") return rangeFault(item, value);
    const codes = new Set(choices.map((one) => one.code));
    if (item.kind === "select_one") return codes.has(value) ? null : { code: "not_choice", own: "" };
    if (!CHOOSING.has(item.kind)) return null;
    const chosen = words(value);
    if (chosen.some((code) => !codes.has(code))) return { code: "not_choice", own: "" };
    return new Set(chosen).size < chosen.length ? { code: "choice_again", own: "" } : null;
  }

  function rangeFault(item, value) {
    if (!item.span) return null;
    const [start, end, step] = item.span.map(Number);
    if (isDecimal(value)) {
      const steps = (Number(value) - start) / step;
      const near = Math.abs(steps - roundHalfEven(steps)) <= Math.max(1e-9 * Math.max(Math.abs(steps), Math.abs(roundHalfEven(steps))), 1e-9);
      if (start <= Number(value) && Number(value) <= end && near) return null;
    }
    const [from, to, by] = item.span;
    return { code: "not_step", own: "", params: { start: from, end: to, step: by } };
  }

  function roundHalfEven(number) {
    const down = Math.floor(number);
    const rest = number - down;
    if (rest !== 0.5) return Math.round(number);
    return down % 2 === 0 ? down : down + 1;
  }

  // ── The whole questionnaire at one moment ──────────────────────────────────────────────────────
  function fill(instrument, answers, moments) {
    const state = new State(instrument, answers, moments);
    state.settle();
    const cells = [...state.places()].map(([item, entry]) => cellOf(state, item, entry));
    return { cells, answers: answersOf(state), calculated: calculatedOf(state), entries: Object.fromEntries(state.entries) };
  }

  function cellOf(state, item, entry) {
    const relevant = state.relevant.get(state.key(item.name, entry)) || false;
    const required = relevant && state.holds(item.required, item, entry);
    const choices = CHOOSING.has(item.kind) ? state.choicesFor(item, entry) : [];
    const asks = relevant && !WITHOUT_ANSWER.has(item.kind) && item.kind !== "calculate";
    const repeat = state.repeatOf.get(item.name);
    return {
      name: item.name,
      key: entry === OUTSIDE ? item.name : `${repeat}.${entry}.${item.name}`,
      kind: item.kind,
      entry,
      relevant,
      shown: relevant && !UNSEEN.has(item.kind),
      value: state.visible(item.name, entry),
      required,
      readOnly: Boolean(item.calculate) || state.holds(item.readOnly, item, entry),
      label: state.told(item.label, item, entry),
      hint: state.told(item.hint, item, entry),
      options: choices.map((one) => [one.code, state.told(one.label, item, entry)]),
      fault: asks ? faultOf(state, item, entry, { required, choices }) : null,
    };
  }

  function answersOf(state) {
    const found = {};
    for (const [name, number] of state.entries) {
      if (state.relevant.get(state.key(name, OUTSIDE))) found[name] = Array.from({ length: number }, () => ({}));
    }
    for (const [item, entry] of state.places()) {
      const value = state.visible(item.name, entry);
      if (!value || WITHOUT_ANSWER.has(item.kind) || item.isCalculated) continue;
      if (entry === OUTSIDE) { found[item.name] = value; continue; }
      const rows = found[state.repeatOf.get(item.name)];
      if (Array.isArray(rows)) rows[entry][item.name] = value;
    }
    return found;
  }

  function calculatedOf(state) {
    const found = {};
    for (const [item, entry] of state.places()) {
      if (item.isCalculated) found[item.name] = [...(found[item.name] || []), state.visible(item.name, entry)];
    }
    return found;
  }

  return { FUNCTIONS, Nodes, asString, evaluate, fill };
})();
