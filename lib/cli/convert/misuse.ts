import { identityPattern, regionPattern } from '../../config/patterns.ts';
import { diagnose, type Diagnostic } from '../../diagnostics/index.ts';
import { stdinPath } from '../arguments/syntax.ts';
import type { ConvertFlags, ModuleFlags, StatusFlags } from '../arguments/commands.ts';

export const oneInput = 'stdin (-) holds one input: name a file for the other.';

/** Flags that do not go together. None is ignored. */
export const convertMisuse = (flags: ConvertFlags): Diagnostic | string | undefined => {
  const { paths, write, diff, phase, out, format, acceptUnverified, whereDue, allOrNone, commit, awsAuth, emit, to } =
    flags;
  const several = paths.length > 1;
  const stdin = paths.includes(stdinPath);
  if (write && phase === undefined && emit !== 'aws-cli') return diagnose('TAE106', {});
  const script = emit === 'aws-cli' ? scriptMisuse(flags) : undefined;
  if (script !== undefined) return script;
  const problems: readonly (readonly [boolean, string])[] = [
    [write && diff, '--write changes files and --diff does not: give one of them.'],
    [
      out !== undefined && (write || diff),
      '--out names where revisions are staged: it goes with neither --write nor --diff.',
    ],
    [several && !write, 'Several paths go with --write only.'],
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
    [allOrNone && !write, '--all-or-none goes with --write.'],
    [commit && !write, '--commit goes with --write.'],
    [commit && whereDue, '--commit does not go with --where-due: a hook runs within a commit.'],
    [acceptUnverified && !write, '--accept-unverified goes with --write.'],
    [stdin && awsAuth === stdinPath, oneInput],
  ];
  const problem = problems.find(([found]) => found)?.[1] ?? (several ? severalMisuse(flags) : undefined);
  return problem === undefined ? moduleMisuse(flags) : problem;
};

/** What does not go with several root modules, which one directory may stand for, too. */
export const severalMisuse = ({ format, awsAuth }: Pick<ConvertFlags, 'format' | 'awsAuth'>): string | undefined => {
  if (format !== 'pretty') return `--format ${format} reports one root module: give one path.`;
  return awsAuth === undefined ? undefined : '--aws-auth is the ConfigMap of one cluster: give one path.';
};

/** What does not go with `--emit aws-cli`, whether a flag or a config asks for that. */
export const scriptMisuse = ({
  paths = [],
  write = false,
  diff = false,
  ...others
}: Partial<Pick<ConvertFlags, 'paths' | 'write' | 'diff'> & SourceFlags>): string | undefined => {
  if (write || diff) {
    return '--emit aws-cli writes a script and changes no file: it goes with neither --write nor --diff.';
  }
  if (paths.includes(stdinPath)) return '--emit aws-cli stages a script: it does not go with stdin (-).';
  return sourceMisuse(others);
};

type SourceFlags = Pick<ConvertFlags, 'clusterCreatorAdmin' | 'entriesModule' | 'perEnvironment' | 'to'>;

/** What is written into the source, of which `--emit aws-cli` changes nothing. */
const sourceMisuse = ({
  clusterCreatorAdmin = false,
  entriesModule,
  perEnvironment = false,
  to,
}: Partial<SourceFlags>): string | undefined => {
  if (clusterCreatorAdmin) {
    return '--cluster-creator-admin sets an argument of the eks module, and --emit aws-cli changes none.';
  }
  if (entriesModule !== undefined) {
    return '--entries-module names a module of the source, and --emit aws-cli writes none.';
  }
  if (perEnvironment) {
    return '--per-environment puts the phase into a variable of the source, and --emit aws-cli changes no source.';
  }
  return to === undefined ? undefined : `--to ${to} moves the module in the source, and --emit aws-cli changes none.`;
};

export const statusMisuse = (flags: StatusFlags): string | undefined => {
  const stdin = flags.paths.includes(stdinPath);
  if (stdin && flags.paths.length > 1) return 'stdin (-) is a root module of its own: give one path.';
  if (stdin && flags.awsAuth === stdinPath) return oneInput;
  return (flags.emit === 'aws-cli' ? sourceMisuse(flags) : undefined) ?? moduleMisuse(flags);
};

/** Flags of one root module, with several. */
export const fleetMisuse = ({ awsAuth, existing, config, varFile = [] }: ModuleFlags): string | undefined => {
  const problems: readonly (readonly [boolean, string])[] = [
    [awsAuth !== undefined, '--aws-auth is the ConfigMap of one cluster: give one root module.'],
    [existing !== undefined, '--existing is the snapshot of one root module: give one.'],
    [
      config !== undefined,
      '--config fits one root module, since what it names must be there: give one, or leave it out: the config of each is found.',
    ],
    [varFile.length > 0, '--var-file has the values of one root module: give one.'],
  ];
  return problems.find(([found]) => found)?.[1];
};

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
