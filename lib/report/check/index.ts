import { json } from './json.ts';
import { pretty } from './pretty.ts';
import type { CheckAdapter } from './view.ts';

/** One adapter per value of `--format` of `check`. */
export const checkAdapters = { pretty, json } satisfies Record<string, CheckAdapter>;

export type CheckFormat = keyof typeof checkAdapters;
