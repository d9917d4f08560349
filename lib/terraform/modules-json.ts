/** Where `terraform init` notes the modules it installed. */
export const modulesJsonPath = '.terraform/modules/modules.json';

/** The installed version by key (`eks`, `aws_auth`; keys of nested modules have dots). Throws on what is no such file. */
export const installedVersions = (text: string): ReadonlyMap<string, string> => {
  const parsed = parse(text);
  const modules = (parsed as { Modules?: unknown }).Modules;
  if (!Array.isArray(modules)) throw new Error('it has no Modules list');
  const versions = new Map<string, string>();
  for (const module of modules as { Key?: unknown; Version?: unknown }[]) {
    if (typeof module.Key === 'string' && typeof module.Version === 'string' && module.Version !== '') {
      versions.set(module.Key, module.Version);
    }
  }
  return versions;
};

/** The words of Node's own error change with its version. */
const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('it is not JSON');
  }
};
