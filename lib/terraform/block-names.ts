import { diagnose, type Diagnostic } from '../diagnostics/index.ts';
import type { Block, HclFile } from '../hcl/index.ts';

const named: ReadonlySet<string> = new Set(['module', 'resource', 'data', 'variable', 'output']);

/**
 * Blocks whose name Terraform refuses. No address can be made of such a name.
 * Source: hclsyntax.ValidIdentifier, asked in Terraform's internal/configs ("Invalid module instance name" and its like).
 */
export const misnamedBlocks = ({ body }: HclFile): readonly Diagnostic[] =>
  body.items
    .filter((item): item is Block => item.kind === 'block' && named.has(item.type))
    .filter(({ labels }) => !labels.every(isIdentifier))
    .map(({ type, headerRange }) => diagnose('TAE005', { reason: reasonFor(type) }, headerRange));

/** Source: https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md#identifiers */
export const isIdentifier = (text: string): boolean => /^[\p{ID_Start}_][\p{ID_Continue}-]*$/u.test(text);

const reasonFor = (type: string): string =>
  `the name of a ${type} begins with a letter or an underscore and has letters, digits, underscores and dashes only`;
