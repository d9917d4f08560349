import type { Build, Identity } from './authenticator.ts';
import { accountIn } from './principals.ts';

/** What surroundings.go has for an instance and for the key of a caller. */
const dnsName = (instance: string): string => `${instance}.ec2.internal`;
const accessKeyId = 'AKIAIOSFODNN7EXAMPLE';

/**
 * The session of a caller, if it has one. The name of a federated user was one in early releases.
 * Source: https://github.com/kubernetes-sigs/aws-iam-authenticator/blob/master/pkg/token/token.go (getIdentityFromSTSResponse)
 */
export const sessionOf = (arn: string, { tag }: Build): string | undefined => {
  const [, kind, session = ''] = /:(assumed-role|federated-user)\/(?:.*\/)?([^/]*)$/.exec(arn) ?? [];
  if (kind === undefined) return undefined;
  return kind === 'assumed-role' || tag === 'v06' ? session : '';
};

type Call = { readonly arn: string; readonly session: string | undefined };

/**
 * An identity with its templates filled in for one call; none where that fails. `as said` takes it at its word where the caller has
 * no session: all that it has is known then.
 * Source: https://github.com/kubernetes-sigs/aws-iam-authenticator/blob/master/pkg/server/server.go (renderTemplate)
 */
export const rendered = (
  { username, groups }: Identity,
  { arn, session }: Call,
  how?: 'as said',
): readonly Identity[] => {
  const isFinal = session === undefined && how === 'as said';
  const isInstance = /^i-(\w{8}|\w{17})$/.test(session ?? '');
  const fill = (template: string): string => {
    const keyed = template.replaceAll('{{AccessKeyID}}', accessKeyId);
    if (isFinal) return keyed;
    return keyed
      .replaceAll('{{EC2PrivateDNSName}}', dnsName(session ?? ''))
      .replaceAll('{{AccountID}}', accountIn(arn))
      .replaceAll('{{SessionName}}', (session ?? '').replaceAll('@', '-'))
      .replaceAll('{{SessionNameRaw}}', session ?? '');
  };
  const needsInstance = [username, ...groups].some(template => template.includes('{{EC2PrivateDNSName}}'));
  if (needsInstance && !isInstance && !isFinal) return [];
  return [{ username: fill(username), groups: groups.map(fill) }];
};
