import { defined, diagnose, Refusal, type Range } from '../diagnostics/index.ts';
import type { Config } from './config.ts';
import { principalProblems } from './decisions.ts';
import { pathText } from './path-text.ts';

/** One config of a root module. */
export type ConfigFile = {
  readonly config: Config;
  /** How a command that is run in the root module names it. */
  readonly name?: string;
  /** It stands in a directory above, for several root modules: it may name what is not in this one. */
  readonly isShared?: boolean;
  /** Where something in it stands: a path of keys and indexes. */
  readonly placeOf?: (path: readonly PropertyKey[]) => Range;
};

/**
 * What several files say together, the nearest first. Of values the nearest is taken, and of what is decided by name the nearest
 * that names it. Lists are joined; where two of their members are about one thing, the first decides.
 */
export const mergeConfigs = (files: readonly ConfigFile[]): Config => {
  const configs = files.map(({ config }) => config);
  const further = configs.toReversed();
  const merged: Config = {
    ...Object.assign({}, ...further),
    ...defined({
      accept: joined(configs.map(({ accept }) => accept)),
      drop: joined(configs.map(({ drop }) => drop)),
      principals: byName(further.map(({ principals }) => principals)),
      groups: byName(further.map(({ groups }) => groups)),
      pair: byName(further.map(({ pair }) => pair)),
    }),
  };
  const problems = files.length < 2 ? [] : principalProblems(merged.principals ?? {});
  if (problems.length === 0) return merged;
  throw new Refusal(
    ...problems.map(({ path: [principal, key], message: reason }) => {
      const path = ['principals', principal, key];
      const named = files.find(({ config }) => Object.hasOwn(config.principals ?? {}, principal));
      return diagnose('TAE102', { path: pathText(path), reason }, named?.placeOf?.(path));
    }),
  );
};

const joined = <Member>(lists: readonly (readonly Member[] | undefined)[]): readonly Member[] | undefined =>
  lists.some(Boolean) ? lists.flatMap(list => list ?? []) : undefined;

const byName = <Value>(
  maps: readonly (Readonly<Record<string, Value>> | undefined)[],
): Readonly<Record<string, Value>> | undefined => (maps.some(Boolean) ? Object.assign({}, ...maps) : undefined);
