import { markdownCode, markdownText } from '../../../escape/markdown.ts';
import { blocksOf } from '../../../terraform/index.ts';
import { shellQuote } from '../../../escape/shell.ts';
import { makersOf } from '../../../transformer/index.ts';
import { valuesFlag } from '../../per-environment/ways.ts';
import type { LiveGate, State } from '../../phase.ts';

/** The commands are piped into a shell of their own: it knows what was exported, and no function of the person's. */
const engine = '"${TERRAFORM:-terraform}"';

/** What the plan creates, as `show -json` names it. `more` are further conditions, `shown` is what is printed, both in jq. */
const createdIn = (plan: string, type: string, shown: string, more = ''): string =>
  `${engine} show -json ${plan} | jq -r '.resource_changes[] | select(.type == "${type}" and .change.actions == ["create"]${more}) | ${shown}'`;

/** Another policy, or one for namespaces, is no reason to make an administrator of its principal. */
const isAdmin =
  ' and (.change.after.policy_arn | endswith("/AmazonEKSClusterAdminPolicy")) and .change.after.access_scope[0].type == "cluster"';

/** Rows of nodes get no entry by this phase. */
const plannedLists = ({ transformed }: State): readonly string[] =>
  transformed.flatMap(
    ({ planned }) =>
      planned?.lists.flatMap(({ source, to }) => (to === 'node_rows' ? [] : [markdownCode(source)])) ?? [],
  );

export const hasPlannedEntries = (state: State): boolean => plannedLists(state).length > 0;

/** What to check of them before the plan: their ARNs are the keys of the entries. */
export const makerGates = (state: State): readonly LiveGate[] =>
  state.transformed
    .flatMap(({ planned }) => planned?.lists ?? [])
    .flatMap(list => {
      const makers = makersOf(state.source.graph, list);
      if (list.to === 'node_rows') return [];
      const rows = list.source.replace(/\s+/g, ' ');
      return [
        {
          what: `Every role in ${rows} is there before the plan. A plan that also makes one ends with "Invalid for_each argument", since its ARN is the key of its entry`,
          ...(makers.length === 0
            ? {}
            : {
                command: `terraform plan${valuesFlag(state)} ${makers.map(maker => `-target=${shellQuote(maker)}`).join(' ')}`,
              }),
          expect:
            makers.length === 0
              ? 'no error of that name in the plan below; otherwise apply first what makes the role'
              : `No changes, or none of a role; otherwise apply them first, by \`terraform apply${valuesFlag(state)}\` with the same targets`,
        },
      ];
    });

/** What to check of them before the apply. Their ARNs are in the plan and nowhere else. */
export const plannedGates = (): readonly LiveGate[] => [
  {
    what: 'Every entry that the plan makes names a principal that exists, with its path. If one does not, the apply fails, and policies of other entries may then be missing. A row that names a role with its path is granted nothing today, and its entry would be',
    check: ['planned_principals'],
    expect: 'ARNs that IAM knows; those of roles that this apply makes are known after it',
  },
];

export const plannedChanges = (state: State): readonly string[] => [
  ...plannedLists(state).map(
    list =>
      `for each principal of ${list} one aws_eks_access_entry created, but for nodes, and one aws_eks_access_policy_association where it has system:masters: their number is unknown until plan`,
  ),
  ...(mayLookUp(state) && blocksOf(state.source.module, 'provider').length === 0
    ? [
        'every `principal_arn` known: if a caller of this directory has `depends_on`, later plans replace the entries of Identity Center roles that are looked up; `sso_path` in the call of the entries module, which `--sso-region` writes, prevents it',
      ]
    : []),
];

/** Without the path of Identity Center's roles the module for rows that only a plan knows looks them up. */
export const mayLookUp = ({ transformed }: State): boolean =>
  transformed.some(({ planned }) => planned && planned.ssoPath === undefined && planned.lists.length > 0);

/** Closes the window for the administrators among them, each in the cluster that the plan has the association for. */
export const plannedRecovery = (state: State): readonly string[] =>
  plannedLists(state).length === 0
    ? []
    : [
        // A job that was killed has taken its plan with it.
        `test -f 2.tfplan || ${engine} plan -refresh=false${valuesFlag(state)} -out=2.tfplan > /dev/null`,
        `${createdIn('2.tfplan', 'aws_eks_access_policy_association', String.raw`"\(.change.after.cluster_name) \(.change.after.principal_arn)"`, isAdmin)} | while read -r cluster arn; do`,
        '  aws eks associate-access-policy --cluster-name "$cluster" --principal-arn "$arn" --policy-arn "arn:$(echo "$arn" | cut -d: -f2):eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy" --access-scope type=cluster < /dev/null',
        'done',
      ];

/** Lines for the table of who gets what, with those of the variable values that were given. */
export const plannedRows = ({ transformed }: State): readonly object[] =>
  transformed.flatMap(({ planned }) =>
    (planned?.lists ?? []).flatMap(({ list, source, given = [] }) => [
      {
        place: list,
        principal: markdownCode(source),
        disposition: 'converted at plan time',
        gets: `what \`${planned?.address}\` says`,
        why: 'the rows are known only at plan time; the plan fails on a row that cannot become an entry',
      },
      ...given.map(({ name, disposition, reason }) => ({
        place: `${list}, as given`,
        principal: markdownCode(name),
        disposition:
          disposition === 'blocked' ? 'the plan fails' : disposition.replaceAll('-', ' ').replace('eks', 'EKS'),
        gets: '',
        why: markdownText(reason),
      })),
    ]),
  );
