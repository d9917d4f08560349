import { withoutEntriesModule } from './entries-module.ts';
import type { Revision } from '../../lib/convert.ts';
import { renames } from '../../lib/eks/renames.ts';

/** Arguments a phase may change. */
const ownArguments =
  /^\s*(authentication_mode|access_entries|enable_cluster_creator_admin_permissions|create_aws_auth_configmap|manage_aws_auth_configmap)\s*=/;

/**
 * Every line of the input is still there, in order, beside those the phase is about: the arguments it sets, the line on which
 * an existing map of entries ends, and, from clean-up on, the blocks and locals that leave. A run of `=` may be aligned anew. In
 * the upgrade the version changes, arguments get their new names, and those that mean nothing any more leave.
 */
export const untouchedProblems = (files: ReadonlyMap<string, string>, revision: Revision): string[] =>
  [...withoutEntriesModule(revision.files)].flatMap(([path, after]) => {
    const before = files.get(path);
    if (before === undefined) return [`${revision.phase}: ${path} is new`];
    const isUpgrade = revision.phase === 'upgrade-to-v21';
    const [from, to] = isUpgrade ? [withNewNames(before), withNewNames(after)] : [before, after];
    return fileProblems(from, to, isUpgrade || revision.phase === 'clean-up').map(
      problem => `${revision.phase}/${path}: ${problem}`,
    );
  });

/** Every argument under its new name, and without the lines that the upgrade writes anew or takes away. */
const withNewNames = (text: string): string => {
  const tables = renames.find(({ to }) => to.startsWith('21.'))?.submodules ?? [];
  const inputs = new Map(tables.flatMap(table => Object.entries(table.inputs)));
  const gone = new Set(tables.flatMap(({ goneInputs }) => Object.keys(goneInputs)));
  return text
    .split('\n')
    .filter(line => !/^\s*(version|source)\s*=/.test(line) && !/cluster_encryption_config\s*= \{\}/.test(line))
    .filter(line => !gone.has(/^ {2}(\w+)\s*=/.exec(line)?.[1] ?? ''))
    .map(line => line.replace(/^(\s+)(\w+)(\s*=)/, (_all, by, name, rest) => by + (inputs.get(name) ?? name) + rest))
    .join('\n');
};

const fileProblems = (before: string, after: string, cleanUp: boolean): string[] => {
  const problems: string[] = [];
  const leaving = new Set([
    ...pinnedLines(before.split('\n')),
    ...(cleanUp ? [...leavingLines(before, after), ...leavingArguments(before.split('\n'), after)] : []),
  ]);
  const written = after.split('\n');
  let at = 0;
  for (const [line, text] of before.split('\n').entries()) {
    if (leaving.has(line) || ownArguments.test(text) || (cleanUp && text.trim() === '')) continue;
    const found = written.findIndex((own, index) => index >= at && isSame(text, own, before));
    if (found === -1) problems.push(`line ${line + 1} is not there or has moved: ${text}`);
    else at = found + 1;
  }
  if (before.startsWith('\ufeff') !== after.startsWith('\ufeff')) problems.push('the byte order mark');
  if (!/(^|[^\r])\n/.test(before) && /(^|[^\r])\n/.test(after)) problems.push('a bare newline');
  if (!before.includes('\r') && after.includes('\r')) problems.push('a carriage return');
  if (!cleanUp && before.endsWith('\n') !== after.endsWith('\n')) problems.push('the final newline');
  return problems;
};

const isSame = (text: string, written: string, before: string): boolean => {
  if (text === written) return true;
  if (text.includes('=') && squeeze(text) === squeeze(written)) return true;
  // A resource that writes aws-auth has no instances from phase 3 on, and nothing that holds them.
  const [, head = '', off, was = ''] = /^(\s*(?:(count)|prevent_destroy)\s*= )(.*?)\r?$/.exec(text) ?? [];
  if (head !== '' && written.trimEnd() === `${head}${off === undefined ? 'false' : '0'} # was ${was}`) return true;
  // The end of an existing map, which gains a comma or a closing parenthesis.
  return before.includes('access_entries') && /[\]})]\r?$/.test(text) && written.startsWith(text.trimEnd());
};

const squeeze = (text: string): string => text.replace(/[ \t]+/g, ' ').trim();

const leavingHeader = /^\ufeff?(module|data|locals|resource "(kubernetes_config_map\w*|ku\w+_manifest)")(?= ).*\{/;

/** Lines of top-level blocks whose header is gone, of locals whose name is gone, and the comments above either. */
const leavingLines = (before: string, written: string): ReadonlySet<number> => {
  const lines = before.split('\n');
  // Its arguments may be called like locals.
  const after = written.replace(/^module "\w*aws_auth_entries\w*" \{.*?^\}/ms, '');
  const leaving = new Set<number>();
  const kept = new Set(after.split('\n').map(squeeze));
  let block: 'leaving' | 'locals' | 'other' | undefined;
  let local = false;
  for (const [at, text] of lines.entries()) {
    const header = leavingHeader.test(text);
    if (header) block = /^\ufeff?locals\b/.test(text) ? 'locals' : kept.has(squeeze(text)) ? 'other' : 'leaving';
    if (block === 'leaving') leaving.add(at);
    if (block === 'locals') {
      const name = /^\s+([\w-]+)\s*=/.exec(text)?.[1];
      if (name !== undefined && indentOf(text) <= 2) local = !new RegExp(`^[ \\t]{0,2}${name}\\s*=`, 'm').test(after);
      if (local || header || text.startsWith('}')) leaving.add(at);
    }
    if (text.startsWith('}') || (header && /\}\s*$/.test(text))) {
      block = undefined;
      local = false;
    }
  }
  for (let at = lines.length - 2; at >= 0; at--) {
    if (/^\s*(#|\/\/|\/?\*)/.test(lines[at] ?? '') && leaving.has(at + 1)) leaving.add(at);
  }
  return leaving;
};

/** What phase 0 has written until phase 2, with the object that holds nothing else. */
const pinnedLines = (lines: readonly string[]): readonly number[] =>
  lines.flatMap((line, at) => {
    if (!line.includes('# until phase 2, add-access-entries')) return [];
    const isAlone = /_defaults\s*= \{\s*$/.test(lines[at - 1] ?? '') && (lines[at + 1] ?? '').trim() === '}';
    // A blank line above goes along.
    const own = isAlone ? [at - 2, at - 1, at, at + 1] : [at - 1, at];
    return own.filter((place, index) => index > 0 || lines[place]?.trim() === '');
  });

/** The arguments about aws-auth of a call that stays, with the comments right above. */
const leavingArguments = (lines: readonly string[], after: string): readonly number[] => {
  const leaving = new Set<number>();
  for (const [at, text] of lines.entries()) {
    const [, by = '', name = ''] =
      /^([ \t]+)(aws_auth_\w+|map_\w+|(?:manage|create)_aws_auth_configmap)\s*=/.exec(text) ?? [];
    if (name === '' || new RegExp(`^[ \\t]*${name}\\s*=`, 'm').test(after)) continue;
    const end = lines.findIndex((line, own) => own > at && new RegExp(`^${by}[\\])}]`).test(line));
    const isOpen = /[[({]\s*$/.test(text);
    for (let own = at; own <= (isOpen ? end : at); own++) leaving.add(own);
    for (let own = at - 1; /^\s*(#|\/\/)/.test(lines[own] ?? ''); own--) leaving.add(own);
  }
  return [...leaving];
};

const indentOf = (text: string): number => /^\s*/.exec(text)?.[0].length ?? 0;
