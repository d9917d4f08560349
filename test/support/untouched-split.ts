import type { Revision } from '../../lib/convert.ts';
import { renames } from '../../lib/eks/renames.ts';

/** Arguments that phase 0 writes anew, or takes away: the release, the pins, and what version 20 does not know. */
const ownArguments =
  /^\s*(source|version|platform|kubernetes|cluster_ip_family|self_managed_node_group_defaults|providers)\s*=/;

/** What is in them is written as rows. */
const arnArgument = /^\s*aws_auth_(node|fargate)_\w+\s*=/;
const comment = /^\s*(#|\/\/|\/?\*)/;

const awsAuthArgument =
  /^\s*(aws_auth_\w+|map_(?:roles|users|accounts)|(?:manage|create)_aws_auth(?:_configmap)?|kubernetes(?= = kubernetes\.))\s*=/;

/**
 * Phase 0: every line of the input is still there, in order, in its place or, where it is of an argument about aws-auth, in the
 * new call. Names of version 19 have become those of version 20. Read by indentation, so the input has to have some.
 */
export const splitProblems = (files: ReadonlyMap<string, string>, { phase, files: written }: Revision): string[] =>
  [...written].flatMap(([path, after]) => {
    const before = files.get(path);
    if (before === undefined) return [`${phase}: ${path} is new`];
    return fileProblems(before, after).map(problem => `${phase}/${path}: ${problem}`);
  });

/** What later phases find: phase 2 takes the pins out, and phase 5 the arguments about aws-auth. */
export const withoutPins = (text: string): string =>
  text
    .replace(/\n\r?\n *self_managed_node_group_defaults = \{\r?\n[^\n]*# until phase 2[^\n]*\n *\}(?=\r?\n)/g, '')
    .replace(/\n\r?\n[^\n]*= false # until phase 2, [^\n]*(?=\n\})/g, '')
    .replace(/^.*= false # until phase 2, .*\n/gm, '');

export const withoutAwsAuth = (text: string): string => {
  const lines = text.split('\n');
  const leaving = leavingLines(lines);
  return lines.filter((_, at) => !leaving.has(at)).join('\n');
};

/** Written out in its place. */
const goneOutput = /= module\.\w+\.aws_auth_configmap_yaml\r?$/;

const fileProblems = (before: string, after: string): string[] => {
  const lines = before.split('\n');
  const leaving = leavingLines(lines);
  const isNew = newLines(after.split('\n'), before);
  const all = after.split('\n');
  const kept = lines.filter((line, at) => !leaving.has(at) && !ownArguments.test(line) && !goneOutput.test(line));
  const texts = [...leaving].filter(([, { as }]) => as === 'text');
  const carried = [...new Set(texts.map(([, { of }]) => of))].map(start =>
    texts.flatMap(([at, { of }]) => (of === start ? (lines[at] ?? []) : [])),
  );
  const comments = lines.flatMap((line, at) =>
    leaving.has(at) ? (/(?:^|\s)((#|\/\/).*)$/.exec(line)?.[1] ?? []) : [],
  );
  const [rest, added] = [false, true].map(own => all.filter((_, at) => isNew.has(at) === own));
  const problems = [
    ...missing(kept, rest ?? [], squeeze).map(line => `not there or moved: ${line}`),
    ...carried.flatMap(argument => missing(argument, added ?? [], bare).map(line => `not in the new call: ${line}`)),
    ...comments.filter(text => !(added ?? []).some(line => line.includes(text.trim()))).map(text => `lost: ${text}`),
  ];
  if (before.startsWith('\ufeff') !== after.startsWith('\ufeff')) problems.push('the byte order mark');
  if (!/(^|[^\r])\n/.test(before) && /(^|[^\r])\n/.test(after)) problems.push('a bare newline');
  if (!before.includes('\r') && after.includes('\r')) problems.push('a carriage return');
  if (before.endsWith('\n') !== after.endsWith('\n')) problems.push('the final newline');
  return problems;
};

/** The lines that are not found in order, as they are or with the names of version 20. */
const missing = (wanted: readonly string[], written: readonly string[], like: (line: string) => string): string[] => {
  const found = written.map(like);
  let at = 0;
  return wanted.filter(line => {
    if (line.trim() === '') return false;
    const wordings = [like(line), like(withNewNames(line))];
    const index = found.findIndex((own, place) => place >= at && wordings.includes(own));
    if (index !== -1) at = index + 1;
    return index === -1;
  });
};

/** Carried as they are, or written as rows; and the line on which the argument begins. */
type Leaving = { readonly as: 'text' | 'rows'; readonly of: number };

/** The lines of the arguments about aws-auth, with the comments right above. */
const leavingLines = (lines: readonly string[]): ReadonlyMap<number, Leaving> => {
  const leaving = new Map<number, Leaving>();
  for (const [start, line] of lines.entries()) {
    if (!awsAuthArgument.test(line)) continue;
    const how: Leaving = { as: arnArgument.test(line) ? 'rows' : 'text', of: start };
    for (let at = start - 1; at >= commentsFrom(lines, start); at--) leaving.set(at, how);
    const by = indentOf(line);
    let end = endOfHeredoc(lines, start);
    while (isInside(lines[end + 1] ?? '}', by)) end = endOfHeredoc(lines, end + 1);
    for (let at = start; at <= end; at++) leaving.set(at, how);
  }
  return new Map([...leaving].toSorted(([a], [b]) => a - b));
};

/** Where the comments right above a line begin. */
const commentsFrom = (lines: readonly string[], at: number): number => {
  const above = lines[at - 1] ?? '';
  if (/\*\/\s*$/.test(above)) {
    let open = at - 1;
    while (open > 0 && !(lines[open] ?? '').includes('/*')) open--;
    return commentsFrom(lines, open);
  }
  return comment.test(above) ? commentsFrom(lines, at - 1) : at;
};

/** The line itself, or the marker that ends a heredoc which begins there. */
const endOfHeredoc = (lines: readonly string[], at: number): number => {
  const marker = /<<-?(\w+)\s*$/.exec(lines[at] ?? '')?.[1];
  const end = marker === undefined ? -1 : lines.findIndex((line, place) => place > at && line.trim() === marker);
  return end === -1 ? at : end;
};

/** Deeper than the argument, or what closes it. */
const isInside = (line: string, by: number): boolean => {
  if (line.trim() === '') return false;
  return indentOf(line) > by || (indentOf(line) === by && /^\s*[\])}]/.test(line));
};

/** The lines of blocks that the input does not have: the new call and the `moved` blocks. */
const newLines = (lines: readonly string[], before: string): ReadonlySet<number> => {
  const own = new Set(before.split('\n').map(squeeze));
  const found = new Set<number>();
  let inside = false;
  for (const [at, line] of lines.entries()) {
    if (/^(module "\w+_aws_auth\w*"|moved) \{/.test(line)) inside = !own.has(squeeze(line)) || line.startsWith('moved');
    if (inside) found.add(at);
    if (line.startsWith('}')) inside = false;
  }
  return found;
};

/** Of version 20, from 19. */
const inputs = new Map(
  (renames.find(({ to }) => to.startsWith('20.'))?.submodules ?? []).flatMap(own => Object.entries(own.inputs)),
);
const outputs = new Map(
  (renames.find(({ to }) => to.startsWith('20.'))?.submodules ?? []).flatMap(own => Object.entries(own.outputs)),
);

const withNewNames = (line: string): string =>
  squeeze(line)
    .replace(/^(\w+)( =)/, (_all, name: string, rest: string) => (inputs.get(name) ?? name) + rest)
    .replace(
      /(module\.\w+(?:\[[^\]]*\])?\.)(\w+)/g,
      (_all, of: string, name: string) => of + (outputs.get(name) ?? name),
    );

/** A list goes into a longer one, or becomes an argument of `concat`, and what stands behind it behind that. */
const bare = (line: string): string =>
  squeeze(line)
    .replace(/^aws_auth_roles = /, '')
    .replace(/^(?!#|\/\/)(.*) (#|\/\/) .*$/, '$1')
    .replace(/,$/, '')
    .replace(/^\[\]$/, '[');

const squeeze = (text: string): string => text.replace(/[ \t]+/g, ' ').trim();
const indentOf = (text: string): number => /^[ \t]*/.exec(text)?.[0].length ?? 0;
