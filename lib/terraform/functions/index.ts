import { collections } from './collections.ts';
import { encodings } from './encoding.ts';
import { fileFunctions } from './files.ts';
import { formatFunctions } from './format.ts';
import { mappings } from './mappings.ts';
import { regexFunctions } from './regex.ts';
import { sequences } from './sequences.ts';
import { strings } from './strings.ts';
import { typeFunctions } from './types.ts';

/** Functions that are evaluated, by name. Any other leaves its value unknown. */
export const functions = {
  ...collections,
  ...encodings,
  ...fileFunctions,
  ...formatFunctions,
  ...mappings,
  ...regexFunctions,
  ...sequences,
  ...strings,
  ...typeFunctions,
};
