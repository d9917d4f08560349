/** What a plain scalar is to the authenticator: only `text` fits into a field of type string. */
export type ScalarKind = 'text' | 'null' | 'number' | 'infinite' | 'boolean';

const booleans = /^(?:y|Y|yes|Yes|YES|n|N|no|No|NO|on|On|ON|off|Off|OFF|true|True|TRUE|false|False|FALSE)$/;
const integers = /^[-+]?(?:0[xX][\da-fA-F]+|0[bB][01]+|0[oO]?[0-7]*|[1-9]\d*)$/;
const floats = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;

/**
 * The types of YAML 1.1, as Go's yaml.v2 tells them. A timestamp stays text there, and 1:30 is no number. An account id with a
 * leading zero is a number all the same: with the digits 8 and 9 it is no octal one, but a float.
 * Source: https://github.com/go-yaml/yaml/blob/v2.4.0/resolve.go
 */
export const kindOfPlain = (text: string): ScalarKind => {
  if (/^(?:|~|null|Null|NULL)$/.test(text)) return 'null';
  if (booleans.test(text)) return 'boolean';
  if (/^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/.test(text)) return 'infinite';
  const digits = /^[-+\d]/.test(text) ? text.replaceAll('_', '') : text;
  return integers.test(digits) || floats.test(digits) ? 'number' : 'text';
};
