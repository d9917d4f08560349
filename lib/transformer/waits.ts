import { waitsForEntries } from '../eks/index.ts';
import { reaches, type Reference } from '../terraform/index.ts';
import type { Context } from './context.ts';

/**
 * The reference, at any distance, to an output of the eks module that waits for its access entries: what reads it cannot be an
 * argument of the module. Source: github.com/terraform-aws-modules/terraform-aws-eks/pull/3000.
 */
export const waitingReference = (
  { source, cluster }: Pick<Context, 'source' | 'cluster'>,
  references: readonly Reference[],
): Reference | undefined =>
  reaches(
    source.graph,
    references,
    ({ path }) => path[0] === 'module' && path[1] === cluster.label && waitsForEntries(path[2]),
  );
