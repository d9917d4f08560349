import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env } from 'node:process';
import { cliConfig } from '../registry/cli-config.ts';
import type { ServedModule } from '../registry/modules.ts';
import { startRegistry } from '../registry/server.ts';
import { seed } from '../../support/seed.ts';
import { gitSources } from './git-sources.ts';
import { findTools, type Engine } from './tools.ts';
import type { Workspace } from './workspace.ts';

/** What every run of the suite shares: engines, a registry, a repository, and the CLI configuration that names them. */
export type Bench = {
  engines: readonly Engine[];
  on: (engine: Engine) => Omit<Workspace, 'directory'>;
  close: () => Promise<void>;
};

/** Other modules than our own, and the schemas of what they make. */
export type Served = { modules: readonly ServedModule[]; schemas: object };

export async function openBench(served?: Served): Promise<Bench> {
  const tools = findTools();
  if (typeof tools === 'string') throw new Error(tools);
  const registry = await startRegistry(served && { modules: served.modules });
  const git = gitSources();
  const directory = mkdtempSync(join(tmpdir(), 'suite-'));
  const config = join(directory, 'cli.tfrc');
  writeFileSync(config, cliConfig({ modulesUrl: registry.modulesUrl, mirrorDir: tools.mirror }));
  const schemas = join(directory, 'schemas.json');
  if (served) writeFileSync(schemas, JSON.stringify(served.schemas));
  const environment = { ...git.environment, ...(served ? { STANDIN_SCHEMAS: schemas } : {}) };
  return {
    engines: tools.engines,
    on: engine => ({ engine, cliConfig: config, environment, standin: join(tools.mirror, 'standin') }),
    close: async () => {
      await registry.close();
      for (const path of [directory, git.directory]) rmSync(path, { recursive: true, force: true });
    },
  };
}

/** The engine of a name, else the one that is there. In CI both are: main.ts sees to it. */
export function engineNamed(engines: readonly Engine[], name: Engine['name']): Engine {
  const found = engines.find(engine => engine.name === name) ?? engines[0];
  if (!found) throw new Error('no engines');
  return found;
}

export const everything = env['ENGINES_ALL'] === '1';

/** For a file that takes one engine in CI: another one each day, by FC_SEED. With --all it takes all of them. */
export function enginesInTurn(engines: readonly Engine[]): readonly Engine[] {
  return everything ? engines : engines.filter((_, index) => index === seed % engines.length);
}
