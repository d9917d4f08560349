import { join } from 'node:path';
import { callsEks } from '../parser/callers/look.ts';
import { handsOverRows, namesAuthFile } from '../parser/routes/routes.ts';
import { isForeignFile } from '../terraform/foreign-files.ts';
import type { Fileset } from '../terraform/index.ts';
import { pathInside } from '../terraform/path-inside.ts';
import { readBytes } from './io.ts';

/** Says that the files of a module are being replaced, and by what. Where it lies, a run was interrupted. */
export const journalName = '.tf-access-entries-journal.json';

/** Where the Terraform module lies that converts rows at plan time, from the root module on. */
export const entriesModule = 'aws-auth-entries';

/** Stands in each phase directory that is staged. */
export const warningName = 'DO-NOT-APPLY-HERE.md';

/** The files of the module, and what tells that another tool composes it. Terraform skips names like those of editors' files. */
export const isModuleFile = (name: string): boolean =>
  isTerraformFile(name) || (isForeignFile(name) && !/^\.|~$|^#.*#$/.test(name));

export const isTerraformFile = (name: string): boolean =>
  /\.(tf|tofu)(\.json)?$/.test(name) && !/^\.|~$|^#.*#$/.test(name);

/** Whether a path from the module on is that of a file of a root module that calls it. */
export const isOfCaller = (path: string): boolean => path.startsWith('../');

/** A path from the root module on. Not every file system tells capitals apart. */
export const isInGit = (path: string): boolean => path.split(/[/\\]/).some(name => name.toLowerCase() === '.git');

/** Whether a unit of Terragrunt has the eks module as its source, or hands entries to a local one; `sources`: where its source may stand. */
export const isUnitOfEks = (text: string, sources: readonly string[]): boolean =>
  sources.some(callsEks) ||
  (sources.some(one => /\bsource\s*=\s*"\.\.?\//.test(one)) && text.includes('access_entries'));

/** Whether a file of Terragrunt hands over rows. One that cannot be read hands over nothing: it may be encrypted. */
export const hasInputRows = (directory: string, name: string): boolean => {
  if (!/\.hcl(?:\.json)?$/.test(name)) return false;
  try {
    return handsOverRows(name, readBytes(join(directory, name))?.toString('latin1') ?? '');
  } catch {
    return false;
  }
};

/** Whether rows of aws-auth may be in files that these texts name. */
export const mayNameRows = (texts: readonly string[]): boolean =>
  texts.some(text => /aws[-_]auth|kube(?:rnetes|ctl)_manifest/.test(text) || namesAuthFile(text));

/**
 * The files below the root module that `file` and `templatefile` name. Names that are computed are not among them.
 * Source: developer.hashicorp.com/terraform/language/functions/templatefile
 */
export const namedFiles = (texts: readonly string[]): readonly string[] =>
  texts.flatMap(text => [...text.matchAll(namedFile)].flatMap(([, name = '']) => pathInside(name) ?? []));

const namedFile = /\b(?:template)?file\(\s*"(?:\$\{path\.module\}\/|\.\/)?([^"$%\\]+)"/g;

/** Whether a text names files in another way. */
export const computesFiles = (text: string): boolean =>
  text.includes('"kubectl_path_documents"') ||
  /\b(?:templatefile|file|fileset)\(/.test(text.replaceAll(namedFile, '').replaceAll(filesetCall, ''));

/** Whether what lists files may list manifests. */
export const mayListManifests = (texts: readonly string[]): boolean =>
  texts.some(text => /kube(?:rnetes|ctl)_manifest/.test(text));

/**
 * The calls of `fileset`, as far as they are written out. Source: developer.hashicorp.com/terraform/language/functions/fileset
 */
export const filesets = (texts: readonly string[]): readonly Fileset[] =>
  texts.flatMap(text =>
    [...text.matchAll(filesetCall)].flatMap(([, name = '', pattern = '']) => {
      const directory = pathInside(name === '' ? '.' : name);
      return directory === undefined ? [] : [{ directory, pattern }];
    }),
  );

const filesetCall =
  /\bfileset\(\s*(?:path\.module|"(?:\$\{path\.module\}\/?|\.\/)?([^"$%\\]*)")\s*,\s*"([^"$%\\]+)"\s*\)/g;

/** Whether a root module may hand rows of aws-auth to a module that it calls. */
export const mayHandRows = (text: string): boolean =>
  /aws_?auth|(?:aws|eks)-auth|rolearn|userarn|map_(?:additional_)?(?:iam_)?(?:roles|users|accounts)/i.test(text);
