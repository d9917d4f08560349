import { isRecord } from '../../parser/entries/snapshot-fields.ts';

/** The addresses of managed resources of some types in `values` of a state or in `planned_values`, at any depth of modules. */
export const addressesIn = (values: unknown, isWanted: (type: string) => boolean): string[] => {
  const addresses: string[] = [];
  const modules: unknown[] = isRecord(values) ? [values['root_module']] : [];
  for (let module = modules.pop(); module !== undefined; module = modules.pop()) {
    if (!isRecord(module)) continue;
    for (const resource of listOf(module['resources'])) {
      if (!isRecord(resource) || resource['mode'] !== 'managed') continue;
      const { address, type } = resource;
      if (typeof address === 'string' && typeof type === 'string' && isWanted(type)) addresses.push(address);
    }
    for (const child of listOf(module['child_modules'])) modules.push(child);
  }
  return addresses;
};

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
