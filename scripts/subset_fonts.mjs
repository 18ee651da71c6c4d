// Cuts the web fonts down to what Kith writes: the letters of each script and the weights 400 to 700.
// The list of files and letters comes from scripts/frontend.py as JSON on the first argument.
import { readFile, writeFile } from "node:fs/promises";
import subsetFont from "subset-font";

for (const { source, target, ranges } of JSON.parse(process.argv[2])) {
  let letters = "";
  for (const [first, last] of ranges) {
    for (let code = first; code <= last; code++) letters += String.fromCodePoint(code);
  }
  const font = await subsetFont(await readFile(source), letters, {
    targetFormat: "woff2",
    variationAxes: { wght: { min: 400, max: 700 } },
  });
  await writeFile(target, font);
}
