import { convertModule } from '../../../lib/convert.ts';
import type { Mapping } from '../../../lib/parser/index.ts';
import { runtime } from '../../support/fixture.ts';

/** The mapping of an eks call with these arguments; undefined where the call writes no aws-auth. */
export const mappingOf = async (version: string, body: string, beside = ''): Promise<Mapping | undefined> => {
  const text = `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "${version}"

  cluster_name = "orders"
${body}
}
${beside}
`;
  const { state, diagnostics } = await convertModule(new Map([['main.tf', text]]), {
    runtime: await runtime(),
    revisions: false,
  });
  if (!state) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return state.source.mappings[0];
};

const windows = 'eks:kube-proxy-windows';

/** One line per row: what it lets in, and its principal as it is written; lists that only a plan knows in brackets. */
export const rowsIn = ({ rows, unread }: Pick<Mapping, 'rows' | 'unread'>): string[] => [
  ...rows.map(({ principal, username, groups, guards, unclear }) => {
    const text = groups?.source ?? '';
    const node = username?.source.includes('EC2PrivateDNSName') ? 'linux' : 'fargate';
    const system = text.includes('system:nodes') ? (text.includes(windows) ? 'windows' : node) : 'row';
    const when = guards.length === 0 ? '' : ` if ${guards.join(' and ')}`;
    return `${system} ${principal?.source ?? '?'}${when}${unclear === undefined ? '' : ' (unclear)'}`;
  }),
  ...unread.map(({ source, guards }) => {
    const when = guards.length === 0 ? '' : ` if ${guards.join(' and ')}`;
    return `[${roles(source)}]${when}`;
  }),
];

/** The list of roles in the `for` that makes rows of them. */
const roles = (source: string): string => {
  const system = source.includes(windows) ? 'windows' : source.includes('{{SessionName}}') ? 'fargate' : 'linux';
  const found = /in distinct\(compact\((.*)\)\) :/.exec(source);
  return found ? `${system} ${found[1]}` : source;
};
