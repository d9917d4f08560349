import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { env } from 'node:process';
import { fileURLToPath } from 'node:url';

export type Engine = { name: 'terraform' | 'tofu'; version: string; path: string };

export type Tools = { engines: readonly Engine[]; mirror: string };

/**
 * The engines that install.sh has built, else those on PATH, and a mirror of the stand-in providers. A string says why
 * there are none.
 */
export function findTools(): Tools | string {
  const engines = installedEngines() ?? enginesOnPath();
  if (engines.length === 0) return 'no terraform and no tofu: run test/terraform/engines/install.sh';
  const mirror = env['STANDIN_MIRROR'] ?? builtMirror();
  return mirror === undefined ? 'the stand-in providers need Go, or STANDIN_MIRROR' : { engines, mirror };
}

function installedEngines(): Engine[] | undefined {
  const cache = env['TF_ACCESS_ENTRIES_ENGINES'] ?? join(homedir(), '.cache/tf-access-entries/engines');
  const list = join(cache, 'engines.json');
  if (!existsSync(list)) return undefined;
  const engines = JSON.parse(readFileSync(list, 'utf8')) as Engine[];
  return engines.filter(({ path }) => existsSync(path));
}

function enginesOnPath(): Engine[] {
  return (['terraform', 'tofu'] as const).flatMap(name => {
    const path = (env['PATH'] ?? '').split(delimiter).map(directory => join(directory, name));
    const found = path.find(file => existsSync(file));
    if (found === undefined) return [];
    const version = execFileSync(found, ['version', '-json'], { encoding: 'utf8' });
    return [{ name, path: found, version: (JSON.parse(version) as { terraform_version: string }).terraform_version }];
  });
}

function builtMirror(): string | undefined {
  const mirror = mkdtempSync(join(tmpdir(), 'standin-mirror-'));
  try {
    execFileSync(fileURLToPath(new URL('../provider/build.sh', import.meta.url)), [mirror], { stdio: 'ignore' });
    return mirror;
  } catch {
    return undefined;
  }
}

/** The oldest Terraform, since what it accepts the later ones do, and the newest OpenTofu. */
export function defaultEngines(engines: readonly Engine[]): Engine[] {
  const of = (name: string): Engine[] =>
    engines.filter(engine => engine.name === name).toSorted((a, b) => compareVersions(a.version, b.version));
  return [of('terraform')[0], of('tofu').at(-1)].filter(engine => engine !== undefined);
}

function compareVersions(a: string, b: string): number {
  const [x, y] = [a, b].map(version => version.split('.').map(Number));
  return (x?.[0] ?? 0) - (y?.[0] ?? 0) || (x?.[1] ?? 0) - (y?.[1] ?? 0) || (x?.[2] ?? 0) - (y?.[2] ?? 0);
}

export const labelOf = ({ name, version }: Engine): string => `${name} ${version}`;
