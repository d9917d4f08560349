import { diagnose } from '../../diagnostics/index.ts';
import { audienceOf, parsePrincipalArn, personIn, policyProblem } from '../../eks/index.ts';
import { entryType, groupBy, readItems, valueOr } from '../../parser/index.ts';
import { knownString } from '../../terraform/index.ts';
import { entriesOf, placeOfField, type CheckRule } from '../entries.ts';

/**
 * Who has an entry without groups and policies is let in, and may do what bindings give to its username, if anything.
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html
 */
export const emptyEntries: CheckRule = state =>
  entriesOf(state).flatMap(({ written, name }) => {
    const { groups, associations } = written;
    if (entryType(written) !== 'STANDARD') return [];
    if (valueOr(groups, [])?.length !== 0 || valueOr(associations, [])?.length !== 0) return [];
    return [diagnose('TAE727', { entry: name }, written.range)];
  });

/**
 * A policy is associated with a principal once: two resources are one object in EKS, and the scope that is written last is in force. Of
 * two under conditions only one may be there.
 * Source: terraform-provider-aws, internal/service/eks/access_policy_association.go (the id of the resource)
 */
export const policiesTwice: CheckRule = state =>
  entriesOf(state).flatMap(({ written, name }) => {
    const named = readItems(written.associations).flatMap(association => {
      const policy = valueOr(association.policy, undefined);
      const { presence = 'certain' } = association.resource ?? {};
      return policy === undefined || presence !== 'certain' ? [] : [{ association, policy }];
    });
    return [...groupBy(named, ({ policy }) => policy)].flatMap(([policy, [first, second]]) => {
      if (first === undefined || second === undefined) return [];
      const related = [{ message: 'the other one', range: first.association.range }];
      return [diagnose('TAE728', { entry: name, policy }, second.association.range, related)];
    });
  });

/** A name that is like one of the list, and one of those that AWS keeps for its own roles. Source: lib/eks/access-policies.ts */
export const policyNames: CheckRule = state =>
  entriesOf(state).flatMap(({ written, name }) =>
    readItems(written.associations).flatMap(({ policy, object, range }) => {
      const text = valueOr(policy, undefined);
      const problem = text === undefined ? undefined : policyProblem(text);
      if (text === undefined || problem === undefined) return [];
      return [diagnose('TAE750', { entry: name, policy: text, problem }, placeOfField(object, 'policy_arn') ?? range)];
    }),
  );

/**
 * A policy for nodes, for the role of the cluster or for that of a service in an entry of type STANDARD. An expression may well be the role
 * of the cluster, and a role the one that a service uses, unless people sign in by it.
 * Sources: https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html; lib/eks/access-policies.ts
 */
export const policiesOfOthers: CheckRule = state =>
  entriesOf(state)
    .filter(({ written }) => entryType(written) === 'STANDARD')
    .flatMap(({ written, name }) =>
      readItems(written.associations).flatMap(({ policy, object, range }) => {
        const text = valueOr(policy, undefined);
        const audience = text === undefined ? undefined : audienceOf(text);
        const principal = knownString(written.principal?.value);
        const who = personIn(parsePrincipalArn(principal));
        const isWrong =
          audience === 'nodes' ||
          (audience === 'cluster-role' && principal !== undefined) ||
          (audience === 'aws-services' && who !== undefined);
        if (text === undefined || !isWrong) return [];
        const args = { entry: name, policy: text, isFor: audience, who: who ?? '' };
        return [diagnose('TAE763', args, placeOfField(object, 'policy_arn') ?? range)];
      }),
    );
