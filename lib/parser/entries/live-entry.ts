import { isAccessEntryType, parsePrincipalArn } from '../../eks/index.ts';
import type { Association, Entry } from './entry.ts';
import { policyName } from './entry-fields.ts';
import { absent, known, unreadable } from './readable.ts';
import type { LiveEntry } from './snapshot.ts';

/** An entry of the live cluster. A STANDARD one without its associations in the snapshot may have any; one of nodes has none. */
export const entryOfLive = ({ principalArn, type, username, groups, policies }: LiveEntry): Entry => {
  const arn = parsePrincipalArn(principalArn);
  const isOfNodes = type !== 'STANDARD' && isAccessEntryType(type);
  return {
    form: 'live',
    ...(arn ? { identity: { kind: 'arn', arn } } : {}),
    type: known(type),
    username: username === undefined ? absent : known(username),
    groups: known(groups),
    associations: policies ? known(policies.map(associationOf)) : isOfNodes ? absent : unreadable,
  };
};

/** An association by what the API says of it. Undefined stands for what is not told. */
export const associationOf = ({
  policyArn,
  scope,
  namespaces,
}: {
  readonly policyArn: string | undefined;
  readonly scope: string | undefined;
  readonly namespaces?: readonly string[] | undefined;
}): Association => ({
  policy: policyArn === undefined ? unreadable : known(policyName(policyArn) ?? policyArn),
  scope: scope === undefined ? unreadable : known(scope),
  namespaces: namespaces ? known(namespaces) : unreadable,
});
