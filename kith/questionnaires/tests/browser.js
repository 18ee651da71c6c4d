// Runs the browser's engine in Node: a line of cases comes in, a line of results goes out.
"use strict";

require(process.argv[2]);
const { Nodes, asString, evaluate, fill, FUNCTIONS } = globalThis.KithQuestions;

function scopeOf(one) {
  const values = one.values || {};
  return {
    value: (name) => (Array.isArray(values[name]) ? Nodes.from(values[name]) : values[name] ?? ""),
    current: one.current || "",
    series: (name) => (one.series || {})[name] || [],
    position: one.position || 0,
    today: one.today || "",
    now: one.now || "",
    columns: one.columns || {},
    label: (question, code) => ((one.labels || {})[question] || {})[code] || "",
  };
}

const KINDS = { string: "text", number: "number", boolean: "boolean", object: "series" };
const WORK = {
  functions: () => Object.fromEntries(Object.entries(FUNCTIONS).map(([name, [takes]]) => [name, takes])),
  evaluate: (one) => { const found = evaluate(one.tree, scopeOf(one)); return [KINDS[typeof found], asString(found)]; },
  fill: (one) => fill(one.instrument, one.answers, one.moments),
};

const lines = require("node:readline").createInterface({ input: process.stdin });
lines.on("line", (line) => {
  const sent = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(sent.map((one) => WORK[one.work](one)))}\n`);
});
