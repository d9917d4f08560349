import type { Format } from '../output.ts';
import { github } from './github.ts';
import { json } from './json.ts';
import { markdown } from './markdown.ts';
import type { FormatName } from './names.ts';
import { pretty } from './pretty.ts';
import { sarif } from './sarif.ts';

/** The formats of all commands, one file each. `diff` beside them prints files, for `convert --diff` and staged phases. */
export const formats = { pretty, json, sarif, github, markdown } satisfies Record<FormatName, Format>;
