import { json } from './json.ts';
import { pretty } from './pretty.ts';
import type { Adapter } from './view.ts';

/** One adapter per value of `--format`. */
export const adapters = { pretty, json } satisfies Record<string, Adapter>;

export type Format = keyof typeof adapters;
