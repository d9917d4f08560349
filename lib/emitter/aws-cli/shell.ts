/**
 * JSON as `to_string` of JMESPath prints it, in ASCII and without white space.
 * Source: github.com/jmespath/jmespath.py, functions.py (json.dumps of Python).
 */
export const canonicalJson = (value: unknown): string =>
  JSON.stringify(value).replace(/[^ -~]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
