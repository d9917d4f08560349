/*
 * What runs where. `npm test` is for every change: each rule, each phase, each format and each fixture, in two minutes on two cores.
 * `npm run test:rest` runs these, and CI runs both. They take long by what they are:
 */
export const rest = [
  // every fixture once more, in another way
  'convert/per-environment',
  'convert/write-fixtures',
  'transformer/decisions',
  // what is written for shells, in shells
  'aws-cli/shellcheck',
  'gates/gates',
  'gates/paste',
  // every command of every page
  'docs/samples',
  // runs that are stopped, killed, or beside one another, disks that are full, files that are none
  'cli/commit',
  'cli/failing-output',
  'cli/kills',
  'cli/process',
  'cli/special-files',
  'cli/two-runs',
  'cli/write-many',
  'cli/write-output',
  // sources that are as large, or as hostile, as can be
  'convert/limits',
  'fuzz/fuzz',
  'hostile/files',
  'hostile/formats',
  'hostile/nothing-runs',
  // drawn at random, by the hundred
  'hcl/format',
  'hcl/oracle',
  'properties/access',
  'properties/keys',
  'properties/laws',
  'properties/newlines',
  // the package, the image and the action, installed
  'docs/action',
  'package/consumer',
  'package/dockerfile',
].map(name => `test/${name}.test.ts`);
