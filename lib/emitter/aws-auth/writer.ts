import type { Edit } from '../../hcl/index.ts';
import type { Mapping } from '../../parser/index.ts';
import type { PlacedAttribute } from '../../terraform/index.ts';

/** What goes when the source is cleaned up: a block as a whole, or arguments of it. */
export type Removal = { readonly block: true } | { readonly attributes: readonly PlacedAttribute[] };

/** How what writes aws-auth is taken out of use, and then out of the source. */
export type Writer = {
  /** Phase 3: after these edits Terraform does not write the ConfigMap any more. */
  readonly turnOff: (mapping: Mapping) => readonly Edit[];
  /** The same, one line each, for the report. */
  readonly changes: (mapping: Mapping) => readonly string[];
  /** What the plan of phase 3 must show, one line each. */
  readonly plan: (mapping: Mapping) => readonly string[];
  /** Addresses in the state. */
  readonly addresses: (mapping: Mapping) => readonly string[];
  /** Phase 5. */
  readonly removal: (mapping: Mapping) => Removal;
};
