/**
 * The number HCL makes of a literal, in digits: `012345678901` is 12345678901. Only integers are rewritten, by text, so that
 * an account id never passes through a floating-point number. Other spellings stay as written.
 */
export const normalizeNumber = (text: string): string => (/^\d+$/.test(text) ? text.replace(/^0+(?=\d)/, '') : text);
