import { diagnose } from '../../diagnostics/index.ts';
import { attribute, stringValue } from '../../hcl/index.ts';
import { admits, blocksOf, parseConstraint, type RootModule } from '../../terraform/index.ts';
import { importBlocks } from '../imports.ts';
import type { CheckRule } from '../rule.ts';

const faulty = '1.16.0';

/**
 * Terraform 1.16.0 takes the first of several import blocks for instances of one resource. One block with for_each is whole.
 * Source: https://github.com/hashicorp/terraform/issues/39068, mended in 1.16.1.
 */
export const severalImports: CheckRule = ({ source: { module } }) => {
  if (excludes(module)) return [];
  const blocks = importBlocks(module).filter(
    ({ block, resource }) =>
      /(^|\.)aws_eks_access_(entry|policy_association)\.[\w-]+$/.test(resource) &&
      !attribute(block.body, 'for_each') &&
      // Terraform does not read these.
      !block.in.file.endsWith('.tofu'),
  );
  const resources = [...new Set(blocks.map(({ resource }) => resource))];
  return resources.flatMap(resource => {
    const [, second, ...more] = blocks.filter(block => block.resource === resource);
    if (!second) return [];
    return [diagnose('TAE745', { count: more.length + 2, resource }, second.block.headerRange)];
  });
};

const excludes = (module: RootModule): boolean =>
  blocksOf(module, 'terraform').some(({ body }) => {
    const required = attribute(body, 'required_version');
    const parsed = parseConstraint((required && stringValue(required.value)) ?? '>= 0');
    return parsed !== undefined && !admits(parsed, faulty);
  });
