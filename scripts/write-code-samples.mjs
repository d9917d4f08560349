// Writes what the tool says into the pages with samples: the output of each command, and the head of each page of docs/codes.
// Usage: npm run compile && node scripts/write-code-samples.mjs [--real] [--json]
// --real runs each command as a process of its own. --json writes nothing and prints what each page would be.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codes } from '../dist/diagnostics/index.js';
import { acceptableCodes } from '../dist/transformer/decisions.js';
import { headOf, isOfCheck, readGuides, readPages, root, withConsoles, withHead } from './pages.mjs';
import { codesAfterFix, runSamples } from './samples.mjs';

const real = process.argv.includes('--real');
const json = process.argv.includes('--json');

/** By path from the root: the page as it would be, and what the test of the page needs to know. */
const results = {};

for (const [code, page] of readPages()) {
  const definition = codes[code];
  if (definition === undefined) throw new Error(`docs/codes/${code}.md: there is no such code`);
  const { consoles, status } = await runSamples(page, { real });
  const text = withHead(withConsoles(page, consoles), headOf(code, definition, acceptableCodes));
  results[`docs/codes/${code}.md`] = { text, status, afterFix: await codesAfterFix(page, isOfCheck(code)) };
}

for (const [path, page] of readGuides()) {
  const { consoles } = await runSamples(page, { real });
  results[path] = { text: withConsoles(page, consoles) };
}

if (json) console.log(JSON.stringify(results));
else {
  for (const [path, { text }] of Object.entries(results)) {
    if (readFileSync(join(root, path), 'utf8') === text) continue;
    writeFileSync(join(root, path), text);
    console.log(path);
  }
}
