/**
 * The directory of a local module, a path from the root module on, by the text of `source`. Undefined for a module from elsewhere. A double
 * slash, which marks what a tool copies, is one.
 * Source: developer.hashicorp.com/terraform/language/modules/configuration (local paths)
 */
export const localDirectory = (source: string): string | undefined =>
  /^\.\.?\//.test(source) ? source.replace(/\/\/+/g, '/').replace(/^\.\//, '').replace(/\/$/, '') : undefined;
