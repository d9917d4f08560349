import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './project.ts';

type Violation = {
  readonly from: string;
  readonly to: string;
  readonly rule: { readonly name: string };
  readonly cycle?: readonly { readonly name: string }[];
};
type Output = { readonly summary: { readonly totalCruised: number; readonly violations: readonly Violation[] } };

/** A package by its name, and not by where it is installed. */
const shorten = (path: string): string => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? path;

const describeViolation = ({ from, to, rule, cycle = [{ name: to }] }: Violation): string =>
  `${from}: ${rule.name}: ${cycle.map(({ name }) => shorten(name)).join(' -> ')}`;

/** What breaks the rules of .dependency-cruiser.mjs in `lib/` of a directory, one line each, and how many files were read. */
export const cruise = (directory: string): { readonly broken: readonly string[]; readonly files: number } => {
  const command = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [command, '--config', join(root, '.dependency-cruiser.mjs'), '--output-type', 'json', 'lib'];
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: directory,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (stdout === '') throw new Error(stderr);
  const { summary } = JSON.parse(stdout) as Output;
  return { broken: summary.violations.map(describeViolation).toSorted(), files: summary.totalCruised };
};
