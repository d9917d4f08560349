// The tables of docs/why/speed.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, arch, platform } from 'node:os';
import { join } from 'node:path';
import { format } from 'prettier';
import { peers } from './benches.mjs';

const table = (head, rows) =>
  [head, head.map((_, index) => (index === 0 ? '---' : '--:')), ...rows]
    .map(cells => `| ${cells.join(' | ')} |`)
    .join('\n');

const verdict = (value, target) => (value <= target ? 'met' : '**missed**');

/** What the targets are beside those of a single command. */
const between = results => {
  const by = new Map(results.map(result => [result.id, result]));
  const [half, whole] = [by.get('1500'), by.get('3000')];
  const wall = whole.wall / half.wall;
  const processor = whole.processor / half.processor;
  return table(
    ['`convert`', 'measured', 'target', ''],
    [
      ['3,000 rows against 1,500, on the clock', wall.toFixed(2), '2.1', verdict(wall, 2.1)],
      ['3,000 rows against 1,500, of the processor', processor.toFixed(2), '2.1', verdict(processor, 2.1)],
      ['most memory, 3,000 rows', `${whole.peak.toFixed(0)} MB`, '600 MB', verdict(whole.peak, 600)],
    ],
  );
};

/** Of a tool that needs a part of what Node needs alone, one digit would say nothing. */
const ratioText = ratio => ratio.toFixed(ratio < 1 ? 2 : 1);

/** What is missed, in a sentence. */
const missedText = results => {
  const [bare] = results;
  const missed = results.filter(({ wall, target }) => target !== undefined && wall / bare.wall > target);
  const told = missed.map(({ name, wall, target }) => `${name} (${ratioText(wall / bare.wall)} against ${target})`);
  return told.length === 0
    ? 'Each target of a single command was met.'
    : `Missed by the clock in this run: ${told.join('; ')}.`;
};

export const timesTable = (results, present, rounds) => {
  const [bare] = results;
  const rows = results.map(({ name, wall, processor, target, peak, rounds: runs }) => [
    name,
    ratioText(wall / bare.wall),
    ratioText(processor / bare.processor),
    target === undefined ? '' : `${target}${wall / bare.wall <= target ? '' : ', **missed**'}`,
    peak === undefined ? '' : peak.toFixed(0),
    runs,
  ]);
  const absent = Object.keys(peers).filter(id => !present.some(one => one.id === id));
  const told = present.map(({ id, version }) => `- ${peers[id].title}, version ${version}: ${peers[id].does}.`);
  return `Node ${process.version}, ${platform()} ${arch()}, ${availableParallelism()} cores. Medians of up to ${rounds} runs; \`node -e 0\` took
${(bare.wall * 1000).toFixed(0)} ms on the clock and ${(bare.processor * 1000).toFixed(0)} ms of the processor.

${table(['whole process', 'clock', 'processor', 'target (clock)', 'MB', 'runs'], rows)}

${missedText(results)}

${between(results)}

${told.length === 0 ? '' : `The other tools:\n\n${told.join('\n')}\n`}${absent.length === 0 ? '' : `\nNot measured, since not there: ${absent.join(', ')}.`}`;
};

const megabytes = bytes => `${(bytes / 1e6).toFixed(1)} MB`;

export const installTable = ({ packages, packed, unpacked, installed }) =>
  table(
    ['installed by npm', ''],
    [
      ['packages, this one among them', packages],
      ['this package, as it is downloaded', megabytes(packed)],
      ['this package, unpacked', megabytes(unpacked)],
      ['all of `node_modules`', megabytes(installed)],
    ],
  );

/** Replaces what stands between the marks of each table. */
export const writePage = async (root, tables) => {
  const path = join(root, 'docs/why/speed.md');
  let text = readFileSync(path, 'utf8');
  for (const [name, written] of Object.entries(tables)) {
    const marks = new RegExp(`(<!-- generated: ${name}[^>]*-->\n)[^]*?(<!-- end: ${name} -->)`);
    if (!marks.test(text)) throw new Error(`${path} has no place for the table "${name}"`);
    text = text.replace(marks, (_, start, end) => `${start}\n${written}\n\n${end}`);
  }
  const options = JSON.parse(readFileSync(join(root, '.prettierrc.json'), 'utf8'));
  writeFileSync(path, await format(text, { parser: 'markdown', ...options }));
};
