import { diagnose, Refusal, type Diagnostic } from '../diagnostics/index.ts';
import { matchLines } from '../hcl/index.ts';
import { blockTitle, type PlacedBlock } from '../terraform/index.ts';
import type { Phase, State } from './phase.ts';

/** Reads a revision as the source was read, gate included. */
export type ReadRevision = (files: ReadonlyMap<string, string>) => Promise<State>;

/**
 * Reads what a phase has written. What stands against it is said of the block in the source: nobody has seen the text of the
 * revision, nor will.
 */
export const readRevision = async (
  start: State,
  phase: Phase,
  files: ReadonlyMap<string, string>,
  read: ReadRevision,
): Promise<State> => {
  try {
    return await read(files);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal(...error.diagnostics.map(found => saidOfSource(start, phase, files, found)));
  }
};

const saidOfSource = (
  start: State,
  phase: Phase,
  files: ReadonlyMap<string, string>,
  { message, range }: Diagnostic,
): Diagnostic => {
  const block = range && blockInSource(start, files, range.file, range.start);
  // Where the other one of two places is, in that text.
  return refused(phase, block, message.replaceAll(/ at \S+?:\d+,\d+(-\d+(,\d+)?)?/g, '').replace(/\.$/, ''));
};

const refused = ({ id }: Phase, block: PlacedBlock | undefined, why: string): Diagnostic => {
  const where = block ? ` into ${blockTitle(block)}` : '';
  return diagnose('TAE006', { reason: `the phase ${id} cannot be written${where} (${why})` }, block?.headerRange);
};

/** The block in which the closest line above a place of a revision stands that the source has, too. */
const blockInSource = (
  { source: { module } }: State,
  files: ReadonlyMap<string, string>,
  file: string,
  offset: number,
): PlacedBlock | undefined => {
  const text = module.files.find(candidate => candidate.file === file)?.text;
  const revised = files.get(file);
  if (text === undefined || revised === undefined) return undefined;
  const lines = text.split('\n');
  const matches = matchLines(lines, revised.split('\n'));
  const known = matches.slice(0, revised.slice(0, offset).split('\n').length).findLast(line => line !== -1);
  const at = lines.slice(0, known ?? 0).join('\n').length + 1;
  return module.blocks.findLast(({ in: { file: blockFile }, range }) => blockFile === file && range.start <= at);
};
