/** What a resource writes, which decides what goes with it. */
export type RawKind =
  /** The object: it goes as a whole. */
  | 'object'
  /** Keys of an object that is there: they are emptied, the object stays. */
  | 'data';

export type RawType = { readonly kind: RawKind; readonly form: 'config-map' | 'object-manifest' | 'text-manifest' };

/**
 * The resources that can write a ConfigMap. Sources: hashicorp/terraform-provider-kubernetes, docs/resources/config_map_v1.md,
 * config_map_v1_data.md, manifest.md; gavinbunney/terraform-provider-kubectl, docs/resources/kubectl_manifest.md.
 */
export const rawTypes: ReadonlyMap<string, RawType> = new Map([
  ['kubernetes_config_map', { kind: 'object', form: 'config-map' }],
  ['kubernetes_config_map_v1', { kind: 'object', form: 'config-map' }],
  ['kubernetes_config_map_v1_data', { kind: 'data', form: 'config-map' }],
  ['kubernetes_manifest', { kind: 'object', form: 'object-manifest' }],
  ['kubectl_manifest', { kind: 'object', form: 'text-manifest' }],
]);
