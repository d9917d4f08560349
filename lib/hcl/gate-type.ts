import type { Diagnostic } from '../diagnostics/index.ts';

/**
 * The gate: HashiCorp's own parser over one file of native syntax. Every input passes it before anything is computed, every
 * revision before anything is written. Returns nothing for a file Terraform would parse.
 */
export type Gate = (file: string, text: string) => Promise<Diagnostic | undefined>;
