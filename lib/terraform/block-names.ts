import { diagnose, type Diagnostic } from '../diagnostics/index.ts';
import type { Block, HclFile } from '../hcl/index.ts';

/** What the labels of a block are. Source: hashicorp/terraform, internal/configs/parser_config.go (configFileSchema). */
const labelsOf: Readonly<Record<string, readonly string[]>> = {
  module: ['name'],
  resource: ['type', 'name'],
  data: ['type', 'name'],
  variable: ['name'],
  output: ['name'],
  provider: ['name'],
};

/**
 * Blocks with more or fewer labels than Terraform wants, and those whose name it refuses: no address can be made of them.
 * Source: hclsyntax.ValidIdentifier, asked in Terraform's internal/configs ("Invalid module instance name" and its like).
 */
export const misnamedBlocks = ({ body }: HclFile): readonly Diagnostic[] =>
  body.items
    .filter((item): item is Block => item.kind === 'block' && Object.hasOwn(labelsOf, item.type))
    .flatMap(block => {
      const reason = problemOf(block, labelsOf[block.type] ?? []);
      return reason === undefined ? [] : [diagnose('TAE005', { reason }, block.headerRange)];
    });

/** Where a type is not what one calls it. */
const named: Readonly<Record<string, string>> = { data: 'a data source', output: 'an output' };

/** Source: https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md#identifiers */
export const isIdentifier = (text: string): boolean => /^[\p{ID_Start}_][\p{ID_Continue}-]*$/u.test(text);

const problemOf = ({ type, labels }: Block, wanted: readonly string[]): string | undefined => {
  if (labels.length !== wanted.length)
    return `a block of the type ${type} has ${wanted.length === 1 ? 'one label' : 'two labels'} (${wanted.join(', ')}), not ${labels.length}`;
  return labels.every(isIdentifier)
    ? undefined
    : `the name of ${named[type] ?? `a ${type}`} begins with a letter or an underscore and has letters, digits, underscores and dashes only`;
};
