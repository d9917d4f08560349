import { identityPattern } from '../../config/patterns.ts';
import { diagnose, type Diagnostic } from '../../diagnostics/index.ts';
import { stdinPath } from '../arguments/syntax.ts';
import type { ConvertFlags, ModuleFlags, StatusFlags } from '../arguments/commands.ts';

export const oneInput = 'stdin (-) holds one input: name a file for the other.';

/** Flags that do not go together. None is ignored. */
export const convertMisuse = (flags: ConvertFlags): Diagnostic | string | undefined => {
  const { paths, write, diff, phase, out, format, acceptUnverified, whereDue, awsAuth, emit, to } = flags;
  const several = paths.length > 1;
  const stdin = paths.includes(stdinPath);
  const isScript = emit === 'aws-cli';
  if (write && phase === undefined && !isScript) return diagnose('TAE106', {});
  const problems: readonly (readonly [boolean, string])[] = [
    [
      isScript && (write || diff),
      '--emit aws-cli writes a script and changes no file: it goes with neither --write nor --diff.',
    ],
    [isScript && stdin, '--emit aws-cli stages a script: it does not go with stdin (-).'],
    [
      isScript && flags.clusterCreatorAdmin,
      '--cluster-creator-admin sets an argument of the eks module, and --emit aws-cli changes none.',
    ],
    [write && diff, '--write changes files and --diff does not: give one of them.'],
    [
      out !== undefined && (write || diff),
      '--out names where revisions are staged: it goes with neither --write nor --diff.',
    ],
    [several && !write, 'Several paths go with --write only.'],
    [several && format !== 'pretty', `--format ${format} reports one root module: give one path.`],
    [stdin && (write || several), 'stdin (-) cannot be written in place, and it is a root module of its own.'],
    [stdin && out !== undefined, 'stdin (-) is printed, not staged: it does not go with --out.'],
    [stdin && !diff && phase === undefined, 'stdin (-) prints one revision: name it with --phase.'],
    [
      (stdin || diff) && format !== 'pretty',
      `stdout can hold the report or the revision: --format ${format} goes with neither - nor --diff.`,
    ],
    [
      phase !== undefined && !write && !diff && !stdin,
      '--phase goes with --write, --diff or -. Staging writes every phase.',
    ],
    [phase === 'upgrade-to-v21' && to === undefined, '--phase upgrade-to-v21 goes with --to v21.'],
    [whereDue && !write, '--where-due goes with --write.'],
    [acceptUnverified && !write, '--accept-unverified goes with --write.'],
    [several && awsAuth !== undefined, '--aws-auth is the ConfigMap of one cluster: give one path.'],
    [stdin && awsAuth === stdinPath, oneInput],
  ];
  const problem = problems.find(([found]) => found)?.[1];
  return problem === undefined ? moduleMisuse(flags) : problem;
};

export const statusMisuse = (flags: StatusFlags): string | undefined =>
  flags.path === stdinPath && flags.awsAuth === stdinPath ? oneInput : moduleMisuse(flags);

const regionPattern = /^[a-z]{2,}(?:-[a-z]+)+-\d+$/;

/** A directory below the root module that is under version control. A call is known by the name of the directory. */
const entriesModulePattern = /^(?:\.\/)?(?:(?!\.(?:\.?|[Gg][Ii][Tt]|terraform)\/)[\w.-]+\/)*aws-auth-entries\/?$/;

export const moduleMisuse = ({ runner, ssoRegion, entriesModule }: ModuleFlags): string | undefined => {
  if (runner !== undefined && !identityPattern.test(runner)) {
    return `--runner takes the ARN of an IAM role or user, and "${runner}" is none.`;
  }
  if (ssoRegion !== undefined && !regionPattern.test(ssoRegion)) {
    return `--sso-region takes a region such as eu-central-1, and "${ssoRegion}" is none.`;
  }
  if (entriesModule !== undefined && !entriesModulePattern.test(entriesModule)) {
    return `--entries-module takes a directory below the root module whose name is aws-auth-entries, such as modules/aws-auth-entries, outside of .git and .terraform, and "${entriesModule}" is none.`;
  }
  return undefined;
};
