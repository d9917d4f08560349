import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ConvertResult } from '../../../lib/convert.ts';
import type { Case, Files } from './cases.ts';

/*
 * A module with callers: each caller is a root module with a state of its own, which has the module in its workspace.
 */

const tree = fileURLToPath(new URL('../../cli/callers/three-environments/before', import.meta.url));
const wrapper = 'modules/eks';

/** As `convert` is given them: paths from the module on. */
export const files: Files = new Map(
  readdirSync(tree, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .map(path => [relative(join(tree, wrapper), path), readFileSync(path, 'utf8')]),
);

export const callers = ['dev', 'prod', 'staging'].map(name => ({
  directory: `../../envs/${name}`,
  label: `envs/${name}`,
  sources: ['../../modules/eks'],
}));

export type Caller = (typeof callers)[number];

/** The module lies in the workspace of the caller: its path, and nothing else of a text, is another one there. */
export const inWorkspace = (caller: string, texts: Files): Files =>
  new Map(
    [...texts].flatMap(([path, text]) => {
      const [above] = path.split('/');
      if (above !== '..') return [[`${wrapper}/${path}`, text] as const];
      const isOwn = posix.dirname(path) === caller;
      return isOwn ? [[posix.basename(path), text.replace('"../../modules/eks"', '"./modules/eks"')] as const] : [];
    }),
  );

export const caseOf = (
  { directory, label }: Caller,
  { revisions, rows }: Pick<ConvertResult, 'revisions' | 'rows'>,
  variables: Record<string, unknown>,
  input: Files = files,
): Case => ({
  name: `callers/${label}`,
  input: inWorkspace(directory, input),
  phases: revisions.map(({ phase, files: texts }) => ({ phase, files: inWorkspace(directory, texts) })),
  rows: rows.filter(({ file }) => !file.startsWith('../') || file.startsWith(`${directory}/`)),
  config: {},
  snapshot: [],
  variables,
});
