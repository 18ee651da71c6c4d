// Stands in front of every script of a package, in its closed frame, and speaks for the player:
// what the package asks for as `API` or `API_1484_11` goes as messages to the page of Kith outside.
"use strict";

(() => {
  const start = self.kithStart;
  delete self.kithStart;

  // Many packages keep something in the browser and stop when they may not. A closed frame has no
  // such place: they find an empty drawer that is gone when the page is left.
  const drawer = () => {
    const kept = new Map();
    return {
      getItem: (key) => kept.get(String(key)) ?? null,
      setItem: (key, value) => { kept.set(String(key), String(value)); },
      removeItem: (key) => { kept.delete(String(key)); },
      clear: () => kept.clear(),
      key: (at) => [...kept.keys()][at] ?? null,
      get length() { return kept.size; },
    };
  };
  for (const name of ["localStorage", "sessionStorage"]) {
    Object.defineProperty(self, name, { value: drawer(), configurable: true });
  }

  if (!start.standard || self.top === self) return;
  const api = new CrossFrameAPI(start.origin, self.top, { timeout: 20000 });
  // Calls of SCORM answer at once and the page outside answers later, so that the answers to what
  // is asked first have to be here already.
  for (const [name, value] of Object.entries(start.values)) api._cache.set(name, value);
  self[start.standard === "scorm12" ? "API" : "API_1484_11"] = api;

  // Packages look for the player from their window upwards. Windows above are closed to them, and
  // asking those would stop them: so the first page says that it has none above.
  if (self.parent === self.top) self.parent = self;
})();
