import { attribute, sourceOf, stringValue, type Attribute, type Body, type HclFile } from '../../hcl/index.ts';
import { evaluate, knownString, type RootModule } from '../../terraform/index.ts';
import { isNull } from '../expressions/written-bool.ts';

/** `authentication_mode` of a cluster. Absent means API_AND_CONFIG_MAP from version 20 on. */
export type Mode =
  | { readonly kind: 'absent' }
  /** Written as null: none is set, and EKS keeps the one of a cluster. */
  | { readonly kind: 'null'; readonly attribute: Attribute }
  /** In another root module. */
  | { readonly kind: 'elsewhere' }
  /** The release has no argument for it, and is to stay: the AWS CLI sets it. */
  | { readonly kind: 'by-cli' }
  | { readonly kind: 'literal'; readonly value: string; readonly attribute: Attribute }
  /** `known`: what it gives by the source alone, as a local does. */
  | { readonly kind: 'expression'; readonly source: string; readonly attribute: Attribute; readonly known?: string };

/** Whether nothing in the source gives the mode. */
export const isUnset = ({ kind }: Mode): boolean => kind === 'absent' || kind === 'null';

/** The mode where the source tells it, by a local too. */
export const modeTold = (mode: Mode): string | undefined =>
  mode.kind === 'literal' ? mode.value : mode.kind === 'expression' ? mode.known : undefined;

/** `authentication_mode` of the body that has it, if it is there. */
export const readMode = (module: RootModule, body: Body | undefined, file: HclFile): Mode => {
  const found = body && attribute(body, 'authentication_mode');
  if (!found) return { kind: 'absent' };
  if (isNull(found.value)) return { kind: 'null', attribute: found };
  const value = stringValue(found.value);
  if (value !== undefined) return { kind: 'literal', value, attribute: found };
  const known = knownString(evaluate(found.value, module.scope));
  const source = sourceOf(file.text, found.value.range);
  return { kind: 'expression', source, attribute: found, ...(known === undefined ? {} : { known }) };
};
