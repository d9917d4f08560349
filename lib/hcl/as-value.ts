import { scanOutline } from './lexer.ts';

/**
 * HCL of an expression as the value of an argument. There a line that ends outside of brackets ends the argument, so that it needs
 * parentheses. Source: https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md#bodies
 */
export const asValue = (source: string): string => {
  let depth = 0;
  let isOpen = false;
  scanOutline(source, mark => {
    if (mark === 'open') depth++;
    if (mark === 'close') depth--;
    if (mark === 'newline' && depth === 0) isOpen = true;
  });
  return isOpen ? `(${source})` : source;
};
