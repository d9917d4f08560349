// Pages with samples, those of docs/codes and the guides: what is in them, and how they are put together again.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
export const pagesDirectory = join(root, 'docs/codes');

/** The pages by code. README.md is their index and no page. */
export const readPages = () =>
  new Map(
    readdirSync(pagesDirectory)
      .filter(name => name.endsWith('.md') && name !== 'README.md')
      .toSorted()
      .map(name => [name.slice(0, -3), readFileSync(join(pagesDirectory, name), 'utf8')]),
  );

/** Guides by path. Their samples run one after the other, in a copy of an example. */
export const readGuides = () => {
  const howTo = readdirSync(join(root, 'docs/how-to')).map(name => `docs/how-to/${name}`);
  return new Map(
    ['docs/getting-started.md', ...howTo.toSorted()].map(path => [path, readFileSync(join(root, path), 'utf8')]),
  );
};

/** A page with other texts in its console blocks. */
export const withConsoles = (page, consoles) =>
  consolesOf(page).reduceRight(
    (done, { from, to }, index) => done.slice(0, from) + (consoles[index] ?? '') + done.slice(to),
    page,
  );

/** A page of docs/codes with another head. */
export const withHead = (page, head) => {
  const body = page.indexOf('\n## ');
  return body === -1 ? page : head + page.slice(body);
};

/** The first lines of a page. */
export const headOf = (code, definition, acceptable) =>
  `# ${code}: ${definition.title}\n\n${severityLine(code, definition, acceptable)}\n`;

/** Codes that no other command reports. */
export const isOfCheck = code => code.startsWith('TAE7') || othersOfCheck.has(code);

const othersOfCheck = new Set(['TAE031', 'TAE132', 'TAE284', 'TAE286', 'TAE288', 'TAE348']);

const severityLine = (code, { severity, exit, stops, keepsEntry }, acceptable) => {
  const name = `**${severity.charAt(0).toUpperCase()}${severity.slice(1)}.**`;
  if (isOfCheck(code)) return `${name} A finding of \`check\`. ${shownWith(severity)}`;
  if (severity !== 'error')
    return `${name} Stops nothing. Exit status 0, when nothing else is found; of \`check\` 1, where it reports this.`;
  return `${name} ${stoppedBy(code, exit, stops, keepsEntry)} Exit status ${exit}. ${acceptedBy(code, acceptable)}`.trimEnd();
};

/** They end the run, whatever root modules it was to write: the others are about one root module. */
export const isOfRun = code => codesOfRun.has(code);

const codesOfRun = new Set(
  ['020', '021', '022', '023', '106', '107', '112', '113', '114', '116', '117', '125', '131'].map(
    number => `TAE${number}`,
  ),
);

/** Exit statuses of `check` follow what is asked for. */
const shownWith = severity =>
  severity === 'note' ? 'Shown with `--min-severity note`; exit status 1 then.' : 'Exit status 1.';

const stoppedBy = (code, exit, stops, keepsEntry) => {
  if (code.startsWith('TAE5')) return exit === 2 ? 'The plan is not judged.' : 'The plan does not fit the phase.';
  if (code.startsWith('TAE6')) return 'Somebody may lose access.';
  if (code === 'TAE118') return 'The files are written, and the commit is not made.';
  // The fix line says what could not be put back.
  if (code === 'TAE110') return 'What was replaced there is put back, unless the fix line says otherwise.';
  if (stops === undefined) return isOfRun(code) ? 'Nothing is written.' : 'Nothing is written for this root module.';
  // A code of the command line is about one request, not about the module.
  if (code.startsWith('TAE1')) return 'The phase that was asked for is not written.';
  const phases = `Stops phase \`${stops}\` and the phases after it`;
  return keepsEntry ? `${phases}; \`add-access-entries\`, too, where nothing else gets an entry.` : `${phases}.`;
};

/** Only what is said about a module can be accepted at all. */
const acceptedBy = (code, acceptable) => {
  if (!/^TAE[23]/.test(code)) return '';
  return acceptable.includes(code) ? 'The config can accept it.' : 'The config cannot accept it.';
};

/** The fenced blocks of a page: language, file name, text, and where the text stands. */
export const blocksOf = page =>
  [...page.matchAll(/^```(\w+)(?: (\S+))?\n(.*?)^```$/gms)].map(
    ({ 0: whole, 1: language, 2: file, 3: text, index }) => {
      const from = index + whole.indexOf('\n') + 1;
      return { language, file, text, from, to: from + text.length };
    },
  );

const consolesOf = page => blocksOf(page).filter(({ language }) => language === 'console');

/** The files of a page up to a place, or from there on, by path. */
export const filesOf = (page, { from = 0, to = page.length } = {}) =>
  Object.fromEntries(
    blocksOf(page)
      .filter(block => block.file !== undefined && block.from >= from && block.to <= to)
      .map(({ file, text }) => [file, text]),
  );

/** Where the way out begins: files from there on are not part of the example. */
export const fixOf = page => page.indexOf('\n## How to fix\n');

/** The commands of a console block. A line that ends with a backslash goes on in the next. */
export const commandsOf = text => [...text.matchAll(/^\$ ((?:.*\\\n)*.*)\n/gm)].map(([, command]) => command);
