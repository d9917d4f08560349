import { versionOf, type ModuleCall } from '../parser/index.ts';
import { admits, compareVersions, parseConstraint } from '../terraform/index.ts';
import type { State } from '../emitter/index.ts';

/** The last release of version 19. */
const last19 = '19.21.0';

/** Calls of the karpenter submodule that are of version 20 or newer for certain, with the release. */
export const karpenterSince20 = ({
  source: { calls, installed },
}: State): readonly { readonly call: ModuleCall; readonly version: string }[] =>
  calls
    .filter(({ source, fork }) => source.submodule === 'modules/karpenter' && !fork)
    .flatMap(call => {
      const settled = versionOf(call, { installed, stated: undefined });
      if (settled.kind === 'unknown' || compareVersions(settled.version, '20.0.0') < 0) return [];
      const range = settled.kind === 'newest' ? parseConstraint(settled.constraint) : undefined;
      return range && admits(range, last19) ? [] : [{ call, version: settled.version }];
    });
