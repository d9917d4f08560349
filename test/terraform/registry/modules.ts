import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { moduleFiles } from '../modules/build-modules.ts';
import { eksReleases } from '../modules/releases.ts';

/** A module that the registry serves: its files by release. */
export type ServedModule = {
  /** namespace/name/provider */
  id: string;
  versions: readonly string[];
  files: (version: string) => ReadonlyMap<string, string>;
};

/** A directory beside this file: the same text under every release. */
function filesOf(name: string): Map<string, string> {
  const directory = fileURLToPath(new URL(`./${name}`, import.meta.url));
  const paths = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .toSorted();
  return new Map(
    paths.map(path => [relative(directory, path).split(sep).join('/'), readFileSync(path, 'utf8')] as const),
  );
}

export const servedModules: readonly ServedModule[] = [
  { id: 'terraform-aws-modules/eks/aws', versions: eksReleases, files: version => moduleFiles(version) },
  {
    id: 'terraform-aws-modules/iam/aws',
    versions: ['4.24.1', '5.0.0', '5.30.0', '5.34.0', '5.39.0', '5.44.0', '5.48.0', '5.52.2', '5.58.0', '5.60.0'],
    // Only its submodule iam-assumable-role is there.
    files: () => filesOf('iam'),
  },
  { id: 'aidanmelen/eks-auth/aws', versions: ['0.8.3', '0.9.0', '1.0.0'], files: () => filesOf('eks-auth') },
];
