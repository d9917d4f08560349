import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import { role, rolesMap, snapshot } from '../../verifier/access/support/inputs.ts';
import { directoryWith } from './directory.ts';
import { runHere } from './host.ts';

/** Objects of a cluster, in the directory `cluster`. */
export const read = (name: string): string => readFileSync(new URL(`../cluster/${name}.yaml`, import.meta.url), 'utf8');
export const ops = { arn: role('ops'), username: 'ops', groups: ['system:masters'] };
export const dev = { arn: role('dev'), username: 'dev', groups: ['developers'] };
export const opsEntry = { arn: role('ops'), username: 'ops', policies: ['ClusterAdmin'] };
export const devEntry = { arn: role('dev'), username: 'dev', groups: ['developers'] };

type Given = { readonly rows?: string; readonly entries?: string; readonly config?: string };
/** Runs verify-access with these objects beside a ConfigMap and entries. */
export const verify = async (rbac: string, { rows = rolesMap(ops, dev), entries, config }: Given = {}) => {
  const files = {
    'aws-auth.json': rows,
    'entries.json': entries ?? snapshot(opsEntry, devEntry),
    'rbac.yaml': rbac,
    ...(config === undefined ? {} : { 'config.json': config }),
  };
  const given = ['--aws-auth', 'aws-auth.json', '--existing', 'entries.json', '--rbac', 'rbac.yaml'];
  const more = config === undefined ? [] : ['--config', 'config.json'];
  const { status, stdout, stderr } = await runHere(directoryWith(files), ['verify-access', ...given, ...more]);
  return { status, stdout, findings: stderr.split('\n').filter(line => line !== '' && !line.startsWith('  fix: ')) };
};

export const documents = (...names: readonly string[]): readonly unknown[] =>
  names.flatMap(name => parseAllDocuments(read(name)).map(document => document.toJS() as unknown));
