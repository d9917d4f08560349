import { readRawResources, type RawResource } from '../../../lib/parser/aws-auth/resource/raw-resource.ts';
import { readRootModule } from '../../../lib/terraform/index.ts';
import { positionAt, type Range } from '../../../lib/diagnostics/index.ts';
import { runtime } from '../../support/fixture.ts';

export type Read = {
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  readonly unread: readonly string[];
  /** `<line>: <list>: <why>`. */
  readonly refused: readonly string[];
  readonly notes: readonly string[];
  readonly resource: RawResource;
};

/** What is read of the one resource of a module that writes aws-auth. */
export const read = async (text: string, files: Readonly<Record<string, string>> = {}): Promise<Read> => {
  const all = new Map([...Object.entries(files), ['main.tf', text]]);
  const [resource, ...more] = await readRawResources(await readRootModule(all, await runtime()));
  if (!resource || more.length > 0) throw new Error(`${more.length + (resource ? 1 : 0)} resources write aws-auth`);
  const lineOf = ({ file, start }: Range): string =>
    `${file === 'main.tf' ? '' : `${file}:`}${positionAt(all.get(file) ?? '', start).line}`;
  return {
    rows: resource.rows.map(({ list, index, principal, username, groups, guards, comments, origin }) => ({
      at: `${list}[${index}] ${lineOf(origin)}`,
      principal: principal?.source,
      ...(username ? { username: username.source } : {}),
      ...(groups ? { groups: groups.source } : {}),
      ...(guards.length > 0 ? { guards } : {}),
      ...(comments.length > 0 ? { comments } : {}),
    })),
    unread: resource.unread.map(({ argument, source }) => `${argument}: ${source}`),
    refused: resource.refused.map(({ list, place, why }) => `${lineOf(place)}: ${list}: ${why}`),
    notes: resource.diagnostics.map(({ message }) => message),
    resource,
  };
};

/** A ConfigMap whose `mapRoles` is an expression. */
export const configMap = (
  mapRoles: string,
  more = '',
  rest = '',
): string => `resource "kubernetes_config_map_v1_data" "aws_auth" {
  metadata {
    name      = "aws-auth"
    namespace = "kube-system"
  }

  data = {
    mapRoles = ${mapRoles}
${more}  }
}
${rest}`;
