import { jsonMembers, parseJson } from './json-syntax.ts';

/** Where `terraform init` notes the modules it installed. */
export const modulesJsonPath = '.terraform/modules/modules.json';

/** The installed version by key (`eks`, `aws_auth`; keys of nested modules have dots). For what is no such file: why. */
export const installedVersions = (text: string): ReadonlyMap<string, string> | string => {
  const parsed = parseJson(text);
  if (parsed === undefined) return 'it is not JSON';
  const modules = new Map(jsonMembers(parsed)).get('Modules');
  if (!Array.isArray(modules)) return 'it has no Modules list';
  const versions = new Map<string, string>();
  for (const module of modules as { Key?: unknown; Version?: unknown }[]) {
    if (typeof module.Key === 'string' && typeof module.Version === 'string' && module.Version !== '') {
      versions.set(module.Key, module.Version);
    }
  }
  return versions;
};
