import { github } from './github.ts';
import { json } from './json.ts';
import { markdown } from './markdown.ts';
import { pretty } from './pretty.ts';
import { sarif } from './sarif.ts';
import type { CheckAdapter } from './view.ts';

/** One adapter per value of `--format` of `check`. */
export const checkAdapters = { pretty, json, sarif, github, markdown } satisfies Record<string, CheckAdapter>;

export type CheckFormat = keyof typeof checkAdapters;
