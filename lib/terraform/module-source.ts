import { defined } from '../diagnostics/index.ts';

/** Where a module call takes its code from, as far as this tool tells sources apart. */
export type ModuleSource = {
  readonly kind: 'registry' | 'git' | 'local' | 'other';
  /** The module without host, scheme, submodule or query: `terraform-aws-modules/eks/aws`, or `owner/repository`. */
  readonly name: string;
  readonly host?: string;
  /** `modules/aws-auth` of `...//modules/aws-auth`. */
  readonly submodule?: string;
  /** `?ref=` of a git source. */
  readonly ref?: string;
};

/**
 * Reads the `source` of a module call. Source: developer.hashicorp.com/terraform/language/modules/sources (registry addresses
 * with and without host, `git::`, GitHub shorthand over https and ssh, `//` for a package's submodule).
 */
export const parseModuleSource = (source: string): ModuleSource => {
  if (/^\.\.?\//.test(source)) return { kind: 'local', name: source };
  const [address = '', query = ''] = source.split('?', 2);
  const ref = new URLSearchParams(query).get('ref') ?? undefined;
  const [, scheme = '', rest = ''] = /^((?:[a-z0-9]+::)?(?:[a-z0-9+]+:\/\/)?)(.*)$/is.exec(address) ?? [];
  // The double slash that is left marks a submodule.
  const [base = '', ...inner] = rest.split('//');
  const place = defined({ submodule: inner.join('/').replace(/\/+$/, '') || undefined, ref });
  const registry = scheme === '' ? registryPattern.exec(base) : null;
  if (registry) {
    const [, host, namespace, name, provider] = registry;
    return { kind: 'registry', name: `${namespace}/${name}/${provider}`, ...defined({ host }), ...place };
  }
  const git = gitPattern.exec(base);
  if (git) return { kind: 'git', name: `${git[2]}/${git[3]}`, host: (git[1] ?? '').toLowerCase(), ...place };
  return { kind: 'other', name: base, ...place };
};

/** `<host>/<namespace>/<name>/<provider>`. Two hosts of git stand for git, whatever follows. */
const registryPattern = /^(?:(?!github\.com\/|bitbucket\.org\/)([^/]+\.[^/]+)\/)?([\w-]+)\/([\w-]+)\/([\w-]+)$/;

/** `github.com/owner/repository.git`, `git@github.com:owner/repository.git`. */
const gitPattern = /^(?:[^@/]+@)?([^/:]+\.[^/:]+)(?::\d+(?=\/))?[/:]([^/]+)\/([^/]+?)(?:\.git)?\/?$/;
