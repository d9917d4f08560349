/**
 * The directory of a local module, a path from the root module on, by the text of `source`. Undefined for a module from elsewhere.
 * Source: developer.hashicorp.com/terraform/language/modules/configuration (local paths)
 */
export const localDirectory = (source: string): string | undefined =>
  /^\.\.?\//.test(source) ? source.replace(/^\.\//, '').replace(/\/+$/, '') : undefined;
