import { insertAfter, replace, type Edit, type Expression } from '../../hcl/index.ts';
import { phaseReference, type Written } from '../../parser/index.ts';

/** HCL of the condition that an environment is at a phase or further. */
export const from = (phase: number): string => `${phaseReference} >= ${phase}`;

/** HCL of the condition that it has not come so far. */
export const before = (phase: number): string => `${phaseReference} < ${phase}`;

/** What reads otherwise inside of another expression stands in parentheses, as do those of the author. */
const isDelicate = ({ kind }: Expression): boolean => kind === 'conditional' || kind === 'parentheses';

const around = (value: Expression, head: string, tail: string): Written =>
  isDelicate(value) ? { before: `${head}(`, after: `)${tail}` } : { before: head, after: tail };

/** A map of entries of which those that are not the author's are there from phase 2 on. `kept`: HCL of a condition on `key`. */
export const filtered = (value: Expression, kept: string | undefined): Written =>
  around(value, '{ for key, entry in ', ` : key => entry if ${from(2)}${kept === undefined ? '' : ` || ${kept}`} }`);

/** A value that is there from phase 2 on. */
export const later = (value: Expression, otherwise: string): Written =>
  around(value, `${from(2)} ? `, ` : ${otherwise}`);

/** A condition of the author's that counts until phase 3. */
export const untilRemoved = (value: Expression): Written => around(value, `${before(3)} ? `, ' : false');

/** Writes a value as it is under the variable. */
export const written = ({ range }: Expression, text: Written): readonly Edit[] =>
  'whole' in text
    ? [replace(range, text.whole)]
    : [replace({ ...range, end: range.start }, text.before), insertAfter(range, text.after)];
