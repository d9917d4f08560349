import { defined, diagnose, refusalOf, type Diagnostic } from '../../diagnostics/index.ts';
import { accessOutput } from '../../report/verdict/access-output.ts';
import { verifyAccess, type AccessResult } from '../../verifier/access/verify-access.ts';
import { stdinPath } from '../arguments/syntax.ts';
import type { Host } from '../host.ts';
import { printDiagnostics } from '../print-diagnostics.ts';
import type { VerifyAccessFlags } from '../arguments/commands.ts';
import { printOutput } from '../print-output.ts';
import { readNamedConfig } from '../read-config.ts';
import { readInput } from '../verify/read-input.ts';

/** Says who would lose access if aws-auth went now. Writes nothing. */
export const verifyAccessCommand = async (flags: VerifyAccessFlags, host: Host): Promise<number> => {
  const problem = misuse(flags);
  if (problem !== undefined) return printDiagnostics(problem, host, flags);
  return printOutput(accessOutput(await compare(flags, host)), flags, host);
};

const misuse = ({ awsAuth, existing, rbac, config }: VerifyAccessFlags): Diagnostic | string | undefined => {
  const missing = awsAuth === undefined ? '--aws-auth' : existing === undefined ? '--existing' : undefined;
  if (missing !== undefined) return diagnose('TAE113', { missing });
  const piped = [awsAuth, existing, rbac, ...config].filter(path => path === stdinPath);
  return piped.length < 2 ? undefined : 'stdin (-) holds one input: name files for the others.';
};

const compare = async (
  { awsAuth = '', existing = '', clusterName, rbac, config: configFiles }: VerifyAccessFlags,
  host: Host,
): Promise<AccessResult> => {
  try {
    const configMap = await readInput(awsAuth, host);
    const entries = await readInput(existing, host);
    const bindings = rbac === undefined ? undefined : await readInput(rbac, host);
    const config = await readNamedConfig(configFiles, host);
    return await verifyAccess(configMap.text, entries.text, {
      ...defined({ clusterName, config, rbac: bindings?.text }),
      files: defined({ awsAuth: configMap.label, existing: entries.label, rbac: bindings?.label }),
    });
  } catch (error) {
    return { keepsAccess: false, read: false, mayCount: [], principals: [], diagnostics: refusalOf(error) };
  }
};
