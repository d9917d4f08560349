import { github } from './github.ts';
import { json } from './json.ts';
import { markdown } from './markdown.ts';
import { pretty } from './pretty.ts';
import type { VerdictAdapter } from './view.ts';

/** One adapter per value of `--format` of the commands that judge. */
export const verdictAdapters = { pretty, json, github, markdown } satisfies Record<string, VerdictAdapter>;

export type VerdictFormat = keyof typeof verdictAdapters;
