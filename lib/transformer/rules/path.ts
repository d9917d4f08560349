import { diagnose, type Diagnostic } from '../../diagnostics/index.ts';
import {
  beginsAsSsoRole,
  isSsoRoleName,
  lacksSsoSuffix,
  partitionOfRegion,
  roleArn,
  ssoPath,
} from '../../eks/index.ts';
import { quote, unwrapParentheses } from '../../hcl/index.ts';
import { referencesOf } from '../../terraform/index.ts';
import { decisionFor, eachOpen, runnerAccount, type Context, type Rule } from '../context.ts';
import { add, block, type Draft } from '../draft.ts';
import { inOneLine, type Principal } from '../principal.ts';
import { hasRewrittenName, isRewritten } from '../unstrip.ts';

/**
 * aws-auth needs role ARNs without their path, an access entry needs the path back. The path of an Identity Center role has the
 * home region of Identity Center in it, which may be another than the cluster's.
 * Sources: EKS user guide, creating-access-entries; IAM Identity Center user guide, referencingpermissionsets.
 */
export const path: Rule = (drafts, context) => {
  const home = homeAccount(drafts, context);
  return eachOpen((draft, each) => restore(draft, each, home))(drafts, context);
};

/**
 * The account of the cluster is not in the source as a rule. That of the runner, or the one that most rows name, is taken for it:
 * a role of another account is not found with this account's credentials. Undefined where two accounts are named equally often. A look-up
 * finds out at plan time whether that is right; a region is written without one, so that an account given by an expression counts, too.
 */
const homeAccount = (drafts: readonly Draft[], context: Context): string | undefined => {
  const home = runnerAccount(context);
  if (home !== undefined) return home;
  const counts = new Map<string, number>();
  for (const { principal, row } of drafts) {
    if (!principal || row.list === 'accounts') continue;
    const account = principal.account ?? (context.ssoRegion === undefined ? undefined : accountInTemplate(principal));
    if (account !== undefined) counts.set(account, (counts.get(account) ?? 0) + 1);
  }
  const [first, second] = [...counts].toSorted(([, a], [, b]) => b - a);
  return first?.[1] === second?.[1] ? undefined : first?.[0];
};

const isPathless = ({ principal, outcome }: Draft): boolean =>
  !outcome &&
  principal?.kind === 'role' &&
  principal.path === '/' &&
  (isSsoRoleName(principal.name ?? '') || beginsAsSsoRole(principal.nameBegins ?? ''));

const restore = (draft: Draft, context: Context, home: string | undefined): Draft => {
  const { principal } = draft;
  if (!principal) return draft;
  const decided = decisionFor(draft, context.config)?.arn;
  if (decided !== undefined) return withArn(draft, decided);
  const { whole } = principal;
  if (whole) {
    const args = { principal: draft.name, source: whole.source };
    return {
      ...add(draft, diagnose('TAE418', args, draft.row.principal?.range)),
      principalSource: whole.source,
      references: referencesOf(whole.expression),
    };
  }
  const { expression } = principal.meaning;
  if (!principal.arn && (isRewritten(expression) || hasRewrittenName(expression, context.source.module))) {
    return block(draft, diagnose('TAE322', { principal: draft.name }, draft.row.principal?.range));
  }
  if (principal.kind === 'role' && lacksSsoSuffix(principal.name ?? '')) {
    return block(draft, diagnose('TAE345', { principal: draft.name }, draft.row.principal?.range));
  }
  if (!isPathless(draft)) return draft;
  const { account, name: roleName = '' } = principal;
  // The module puts the path that it is given into each of these roles.
  const isGiven = context.byModule === true && context.ssoRegion !== undefined;
  if (account !== undefined && account !== home && !isGiven) {
    return block(draft, diagnose('TAE313', { principal: draft.name, account }, draft.row.principal?.range));
  }
  const other = context.ssoRegion === undefined ? undefined : otherPartition(principal, context.ssoRegion);
  if (other) return block(draft, diagnose('TAE334', { principal: draft.name, ...other }, draft.row.principal?.range));
  if (context.ssoRegion !== undefined) return withPath(draft, principal, ssoPath(context.ssoRegion));
  if (principal.name === undefined) {
    return block(draft, diagnose('TAE282', { principal: draft.name }, draft.row.principal?.range));
  }
  if (context.emit === 'aws-cli') return block(draft, withoutPath(draft));
  const said = add(draft, diagnose('TAE405', { principal: draft.name }, draft.row.principal?.range));
  return { ...said, lookup: { roleName, account: accountSource(principal) } };
};

/** What stands between quotes for the account: as it is written in a template, else cut from the ARN at plan time. */
const accountSource = (principal: Principal): string =>
  accountInTemplate(principal) ?? principal.account ?? `\${split(":", ${inOneLine(principal.source)})[4]}`;

const accountInTemplate = ({ expression, source }: Principal): string | undefined =>
  unwrapParentheses(expression).kind === 'template' ? /iam::(.+?):(?:role|user)\//.exec(source)?.[1] : undefined;

/**
 * Identity Center has its home in a region of the partition of its roles. `of` is absent where no such region is known.
 * Source: https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
 */
const otherPartition = (
  { arn, knownPartition, partition }: Principal,
  region: string,
): { readonly region: string; readonly of: string | undefined; readonly partition: string } | undefined => {
  const own = arn?.partition ?? knownPartition ?? partition;
  const of = partitionOfRegion(region);
  // The partition may be an expression, which a plan knows.
  const isKnown = /^[\w-]+$/.test(own);
  return of !== undefined && (!isKnown || of === own) ? undefined : { region, of, partition: own };
};

/** Terraform would look the role up. */
const withoutPath = ({ name, row, principalArn }: Draft): Diagnostic =>
  diagnose(
    'TAE328',
    {
      principal: name,
      what: 'the path of its role, which --sso-region tells',
      way: 'path' as const,
      isNamed: principalArn !== undefined,
    },
    row.principal?.range,
  );

const withArn = (draft: Draft, arn: string): Draft => ({
  ...draft,
  principalArn: arn,
  principalSource: quote(arn),
  references: [],
});

/** A value is never printed where the author wrote an expression: the path goes into it. */
const withPath = (draft: Draft, principal: Principal, rolePath: string): Draft => {
  const { source, expression, arn } = principal;
  const inTemplate = unwrapParentheses(expression).kind === 'template' && source.includes(':role/');
  return {
    ...draft,
    ...(arn ? { principalArn: roleArn(arn, rolePath) } : {}),
    principalSource: inTemplate
      ? source.replace(':role/', `:role${rolePath}`)
      : `replace(${source}, ":role/", ${quote(`:role${rolePath}`)})`,
  };
};
