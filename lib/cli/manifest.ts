import { join } from 'node:path';
import { readBytes } from './io.ts';

export const manifestName = 'manifest.json';

/** `<path>\n<SHA-256>` of each file that is ours. In the middle of a run a path may be there with two hashes. */
export type Manifest = ReadonlySet<string>;

const tool = 'tf-access-entries';

export const manifestText = (manifest: Manifest): string => {
  const files = [...manifest].toSorted().map(entry => {
    const [path, sha256] = entry.split('\n');
    return { path, sha256 };
  });
  return `${JSON.stringify({ tool, version: 1, files }, null, 2)}\n`;
};

/** Nothing for a file that is no manifest of ours. */
export const readManifest = (bytes: Uint8Array): Manifest | undefined => {
  try {
    const manifest = JSON.parse(new TextDecoder().decode(bytes)) as {
      tool?: unknown;
      version?: unknown;
      files?: unknown;
    };
    if (manifest.tool !== tool || manifest.version !== 1 || !Array.isArray(manifest.files)) return undefined;
    const files = manifest.files as readonly unknown[];
    return files.every(isFile) ? new Set(files.map(({ path, sha256 }) => `${path}\n${sha256}`)) : undefined;
  } catch {
    return undefined;
  }
};

/** Whether a directory is the output of an earlier run. What is no regular file is no manifest. */
export const hasManifest = (directory: string): boolean => {
  try {
    const bytes = readBytes(join(directory, manifestName), { links: false });
    return bytes !== undefined && readManifest(bytes) !== undefined;
  } catch {
    return false;
  }
};

const isFile = (value: unknown): value is { path: string; sha256: string } => {
  const { path, sha256 } = (value ?? {}) as Record<string, unknown>;
  return typeof path === 'string' && typeof sha256 === 'string';
};
