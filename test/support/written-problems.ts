import { parse } from '@cdktf/hcl2json';
import type { ConvertResult } from '../../lib/convert.ts';

type Json = Readonly<Record<string, unknown>>;

/** What the report says a phase has written and HashiCorp's parser does not find in its revision, at top level. */
export const writtenProblems = async (
  files: ReadonlyMap<string, string>,
  { report, revisions }: ConvertResult,
): Promise<readonly string[]> => {
  const problems: string[] = [];
  // Most files are the same in every revision.
  const parsed = new Map<string, Promise<unknown>>();
  const parseOnce = (path: string, text: string): Promise<unknown> => {
    const known = parsed.get(text) ?? parse(path, text);
    parsed.set(text, known);
    return known;
  };
  for (const { phase, files: touched } of revisions) {
    const module = await blocksByAddress(new Map([...files, ...touched]), parseOnce);
    const changes = report.phases.find(({ id }) => id === phase)?.changes ?? [];
    for (const change of changes) if (!isWritten(module, change)) problems.push(`${phase}: ${change}`);
  }
  return problems;
};

/** The arguments of each block of the module, by address. */
const blocksByAddress = async (
  files: ReadonlyMap<string, string>,
  parseFile: (path: string, text: string) => Promise<unknown>,
): Promise<ReadonlyMap<string, Json>> => {
  const found = new Map<string, Json>();
  for (const [path, text] of files) {
    // OpenTofu reads `main.tofu` in place of `main.tf`.
    if (!/\.(tf|tofu)$/.test(path) || files.has(path.replace(/\.tf$/, '.tofu')) !== path.endsWith('.tofu')) continue;
    const { module = {}, resource = {} } = (await parseFile(path, text)) as Readonly<Record<string, Json>>;
    for (const [label, blocks] of Object.entries(module)) found.set(`module.${label}`, (blocks as Json[])[0] ?? {});
    for (const [type, resources] of Object.entries(resource))
      for (const [label, blocks] of Object.entries(resources as Json))
        found.set(`${type}.${label}`, (blocks as Json[])[0] ?? {});
  }
  return found;
};

const isWritten = (module: ReadonlyMap<string, Json>, change: string): boolean => {
  const [, address = '', removed, entry, name, value, moved, upgraded] =
    /^([\w.-]+)(?:(: removed)|: access_entries\.("[^"]*"|\S+) \(\w+\)|: ([\w-]+) = (.*)|: aws-auth, (moved)|: version ([\d.]+)$|.*)/.exec(
      change,
    ) ?? [];
  const block = module.get(address);
  if (change.includes('unknown until plan') || value === 'null') return true;
  if (removed) return block === undefined;
  if (moved) return block !== undefined;
  if (upgraded !== undefined) return JSON.stringify(block ?? {}).includes(upgraded);
  if (entry !== undefined) return JSON.stringify(block?.['access_entries'] ?? '').includes(entry.replaceAll('"', ''));
  if (name === 'prevent_destroy') return JSON.stringify(block?.['lifecycle'] ?? '').includes('"prevent_destroy":false');
  if (name !== undefined) return hasArgument(block ?? {}, name, value ?? '');
  if (change.startsWith('aws_eks_access_entry.')) return block !== undefined;
  return true;
};

/** Of a resource the mode stands in a block of its own. */
const hasArgument = (block: Json, name: string, value: string): boolean => {
  const [inner] = (block['access_config'] as Json[] | undefined) ?? [];
  const found = block[name] ?? inner?.[name];
  const [text = ''] = value.split(' #');
  return (
    found !== undefined &&
    (/[{[(.]/.test(text) || JSON.stringify(found).replaceAll('"', '') === text.replaceAll('"', ''))
  );
};
