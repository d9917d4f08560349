import { diagnose } from '../../diagnostics/index.ts';
import { identityOf, type Identity } from '../../parser/index.ts';
import { clustersOf, entriesOfCluster, type NamedEntry, effectiveEntries } from '../entries.ts';
import type { CheckRule } from '../rule.ts';

/** A principal has one entry. Source: EKS API reference, CreateAccessEntry; terraform-aws-modules/eks issue 2968. */
export const oneEntryEach: CheckRule = state =>
  clustersOf(state).flatMap(cluster => {
    const first = new Map<string, NamedEntry>();
    return effectiveEntries(entriesOfCluster(state, cluster)).flatMap(entry => {
      const field = entry.written.principal;
      const name = field && nameOf(identityOf({ ...field, ...field.meaning }, entry.module));
      if (!field || name === undefined) return [];
      const other = first.get(name);
      if (!other) {
        first.set(name, entry);
        return [];
      }
      const principal =
        field.value.kind === 'string' && !field.value.parts.includes(undefined)
          ? field.value.parts.join('')
          : field.source;
      const related = [{ message: 'the other entry', range: other.written.range }];
      return [diagnose('TAE718', { entry: entry.name, other: other.name, principal }, field.range, related)];
    });
  });

/** Equal for equal principals. What is another in each instance says nothing. */
const nameOf = (identity: Identity): string | undefined => {
  switch (identity.kind) {
    case 'arn': {
      const { kind, partition, account, path, name } = identity.arn;
      return kind === 'role'
        ? `${partition}:${account}:role/${name.toLowerCase()}`
        : `${partition}:${account}:${kind}${path}${name}`;
    }
    case 'sso-role':
      return undefined;
    case 'source':
      return /\b(each|count)\./.test(identity.text) ? undefined : identity.text;
  }
};
