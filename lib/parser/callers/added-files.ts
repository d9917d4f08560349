import type { Range } from '../../diagnostics/index.ts';
import { generatedFiles, isOverride, type RootModule } from '../../terraform/index.ts';
import { namesAccess } from './look.ts';

/** A file that Terragrunt puts beside those of the module that a unit is for, and why it has to be looked at. Both as messages name them. */
export type AddedFile = { readonly what: string; readonly why: string; readonly range: Range };

/**
 * What a unit adds to its module, of which something may change who has access: files of its own directory, and what it generates. Not those
 * that name a provider, a backend or data alone. `replaced`: the files of the module, which one of the same name takes the place of; for
 * the eks module itself, which is not read, those that each release from 18 on has.
 * Sources: terragrunt.gruntwork.io/docs/reference/hcl/blocks (terraform, generate); developer.hashicorp.com/terraform/language/files/override
 */
export const addedFiles = (
  module: RootModule,
  replaced: ReadonlyMap<string, string> = filesOfEks,
): readonly AddedFile[] => {
  const { unit, files, json } = module;
  if (!unit) return [];
  const own = [
    ...files.filter(({ file }) => file !== unit.file.file).map(({ file, text }) => ({ file, text })),
    ...[...json].map(([file, text]) => ({ file, text })),
  ];
  const written = own.map(({ file, text }) => {
    const name = file.slice(file.lastIndexOf('/') + 1);
    return { what: `${name} of its directory`, path: name, text, range: { file, start: 0, end: 0 } };
  });
  return [...written, ...generatedBy(module, replaced)].flatMap(({ what, path, text, range }) => {
    const why = reasonFor(path, text, replaced);
    return why === undefined ? [] : [{ what, why, range }];
  });
};

/**
 * Those that a unit generates and that name aws-auth or access entries, whatever its module is. What lies in its directory is read as
 * that of a root module.
 */
export const generatedAccess = (
  module: RootModule,
  replaced: ReadonlyMap<string, string> = filesOfEks,
): readonly AddedFile[] =>
  generatedBy(module, replaced).flatMap(({ what, path, text, range }) =>
    text !== undefined && reasonFor(path, text, replaced) === ofAccess ? [{ what, why: ofAccess, range }] : [],
  );

const generatedBy = ({ unit }: RootModule, replaced: ReadonlyMap<string, string>) =>
  (unit ? generatedFiles(unit) : [])
    .filter(({ skips, path }) => !skips || !replaced.has(path))
    .map(({ title, ...one }) => ({ what: `${one.path} (${title})`, ...one }));

const ofAccess = 'it names aws-auth or access entries';

/** Source: terraform-aws-modules/eks, its directory at 18.0.0 to 21.19.0; versions.tf has what Terraform itself needs alone. */
const filesOfEks: ReadonlyMap<string, string> = new Map(
  ['main.tf', 'node_groups.tf', 'outputs.tf', 'variables.tf'].map(name => [name, 'locals {}']),
);

const reasonFor = (
  path: string,
  text: string | undefined,
  replaced: ReadonlyMap<string, string>,
): string | undefined => {
  const isNamed = !path.startsWith('…');
  if (!/\.(?:tf|tofu)(?:\.json)?$/.test(path) && path !== '…') return undefined;
  if (text === undefined) return 'what it says is computed';
  if (mayWrite(text) && namesAccess(text)) return ofAccess;
  if (hasMore(text) && isOverride(path)) return 'it overrides blocks of the module';
  if (hasMore(text) && !isNamed) return 'its name is computed, so that it may override blocks of the module';
  const before = replaced.get(path.slice(path.lastIndexOf('/') + 1));
  return before !== undefined && hasMore(before) ? 'it takes the place of a file of the module' : undefined;
};

/**
 * Whether there are blocks beside those of providers, of Terraform itself and of data. An attribute of theirs may have such a name.
 * Sources: developer.hashicorp.com/terraform/language, the reference of blocks; .../syntax/json
 */
const hasMore = (text: string): boolean => native.test(text) || json.test(text);

const more = 'module|resource|variable|locals|output|import|moved|removed|check|ephemeral|action';
const native = new RegExp(`(?:^|\\*/|%\\{[^}\\n]*\\})\\s*(?:${more})\\b(?!\\s*=)`, 'm');
const json = new RegExp(`"(?:${more})"\\s*:`);

/** What is read alone changes no access, whatever it names; a data source of this type runs a program. */
const mayWrite = (text: string): boolean => hasMore(text) || /\bdata\s+"?external\b|"external"\s*:/.test(text);
