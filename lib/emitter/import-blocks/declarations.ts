import { diagnose, Refusal, type Diagnostic } from '../../diagnostics/index.ts';
import { isCalled, type Cluster, type WrittenEntry } from '../../parser/index.ts';
import type { Transformed } from '../../transformer/index.ts';
import { addressProblem } from './cluster.ts';
import { declaredCreator } from './creator.ts';
import type { Declarations } from './declared.ts';
import { inPhase } from './in-phase.ts';
import { inSource, unreadIn } from './in-source.ts';
import type { Place } from './place.ts';

export type Found = Declarations & {
  /** The module makes an entry for whoever runs Terraform, and nobody said who that is. */
  readonly unnamedCreator: string | undefined;
};

/** All that the source declares for a cluster, and what phase 2 adds to it. */
export const declarations = (
  cluster: Cluster | undefined,
  written: readonly WrittenEntry[],
  transformed: Transformed | undefined,
  runner: string | undefined,
  place: Place,
): Found => {
  const here = cluster && isCalled(cluster) ? cluster : undefined;
  const own = inSource(
    written.filter(({ form }) => form === 'argument'),
    place,
  );
  const unread = [...own.unread, ...(here ? unreadIn(place.module, here) : [])];
  const creator = here ? declaredCreator(here, own.declared, runner, place) : {};
  const beside = inSource(
    written.filter(({ form }) => form === 'resource'),
    place,
  );
  const added = transformed ? inPhase(transformed, place) : none;
  const declared = [...own.declared, ...(creator.entry ? [creator.entry] : []), ...beside.declared, ...added.declared];
  const ofCall = place.entryAt('').resource;
  const isOfCall = declared.some(({ address }) => address.resource === ofCall) || unread.length > 0;
  const problem = here && isOfCall ? addressProblem(here, place.module) : undefined;
  const problems = [...(problem ? [problem] : []), ...regionProblems(declared)];
  if (problems.length > 0) throw new Refusal(...problems);
  return {
    declared,
    unread: [...unread, ...beside.unread, ...added.unread],
    unnamedCreator: creator.unnamed ? here?.address : undefined,
  };
};

const none: Declarations = { declared: [], unread: [] };

const regionProblems = (declared: Declarations['declared']): readonly Diagnostic[] =>
  declared
    .filter(({ region }) => region !== undefined && region.known === undefined)
    .slice(0, 1)
    .map(({ address, range }) => {
      const why = 'region is an expression, and it is part of an import id';
      return diagnose('TAE224', { call: address.resource, why }, range);
    });
