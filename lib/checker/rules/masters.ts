import { diagnose, firstOf } from '../../diagnostics/index.ts';
import { clusterAdmin, holdsPolicy } from '../../parser/index.ts';
import { knownString } from '../../terraform/index.ts';
import { leavesMasters } from '../../transformer/index.ts';
import { clustersOf, entriesOf, principalsOf, type CheckRule } from '../entries.ts';

/**
 * What looks for system:masters in the cluster, beside those whose entry makes them administrators: they are not in the group, and the
 * policy does not put them into it. Source: EKS user guide, creating-access-entries.
 */
export const writtenMasters: CheckRule = state => {
  const { transformed, source } = state;
  const rows = transformed.flatMap(({ outcomes }) => outcomes.filter(leavesMasters));
  const admins = entriesOf(state).filter(({ written }) => holdsPolicy(written, clusterAdmin) === 'yes');
  const others = principalsOf(
    admins.filter(({ written }) => !rows.some(({ existing }) => existing?.entry === written)),
  );
  const creators = clustersOf(state).filter(({ creatorAdmin }) => creatorAdmin === 'on');
  const names = [
    ...rows.map(({ name }) => name),
    ...others.map(({ field, name }) => knownString(field.value) ?? name),
    ...creators.map(({ address }) => `the cluster creator of ${address}`),
  ];
  if (names.length === 0) return [];
  const principals = firstOf([...new Set(names)]);
  return source.masters.map(({ address, range, places }) =>
    diagnose('TAE761', { resource: address, places: firstOf(places), principals }, range),
  );
};
