import { indent, indentationAt, replace, sourceOf, type Attribute, type Body, type Edit } from '../../../hcl/index.ts';
import { textOfAdded, type AddedRows } from '../../../parser/index.ts';
import type { RootModule } from '../../../terraform/index.ts';
import type { Split } from '../../splits.ts';

/** The output of version 19 with the rows of the nodes that the module has made. */
export const configMapYaml = 'aws_auth_configmap_yaml';

/**
 * Version 20 has no such output, so that it is written out where an argument is nothing else. The rows of
 * `aws_auth_node_iam_role_arns_*` and of the author were never in it. Source: outputs.tf of terraform-aws-modules/eks 19.21.0.
 */
export const writeOutYaml = (module: RootModule, { cluster: { call }, mapping }: Split): readonly Edit[] => {
  const pattern = new RegExp(String.raw`^module\.${call.label}(\[[^\]]*\])?\.${configMapYaml}$`);
  return module.blocks.flatMap(block =>
    argumentsOf(block.body)
      .filter(({ value }) => pattern.test(sourceOf(block.in.text, value.range)))
      .map(({ value, range }) =>
        replace(value.range, yamlText(mapping.added, indentationAt(block.in.text, range.start))),
      ),
  );
};

const argumentsOf = ({ items }: Body): readonly Attribute[] =>
  items.flatMap(item => (item.kind === 'attribute' ? [item] : argumentsOf(item.body)));

const yamlText = (added: readonly AddedRows[], by: string): string => {
  const own = added.filter(({ argument }) => !argument.startsWith('aws_auth_'));
  const rows = own.filter(({ kind }) => kind === 'row').map(one => `${textOfAdded(one, one.principal)},`);
  const lists = own.filter(({ kind }) => kind === 'list').map(one => textOfAdded(one, one.principal));
  const parts = [...(rows.length === 0 ? [] : [`[\n${indent(rows.join('\n'), 2)}\n]`]), ...lists];
  const [first = '[]'] = parts;
  const value = parts.length === 1 ? first : `concat(\n${indent(parts.map(part => `${part},`).join('\n'), 2)}\n)`;
  const lines = [
    'yamlencode({',
    '  apiVersion = "v1"',
    '  kind       = "ConfigMap"',
    '  metadata   = { name = "aws-auth", namespace = "kube-system" }',
    '  data = {',
    `    mapRoles = yamlencode(${indent(value, 4).slice(4)})`,
    '  }',
    '})',
  ];
  return indent(lines.join('\n'), by).slice(by.length);
};
