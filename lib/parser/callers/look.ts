/** First looks at the text of a file, before it is parsed. */

/** Whether it names the eks module, as a source or in a comment. */
export const callsEks = (text: string): boolean => /terraform-aws-(modules\/eks|eks)\b|\/eks\/aws\b/.test(text);

/** Whether it makes a cluster, or writes its aws-auth, without the eks module. */
export const writesAwsAuth = (text: string): boolean => /\baws_eks_cluster\b|\baws-auth\b/.test(text);

/** Whether it has to do with aws-auth, whichever way. */
export const namesAwsAuth = (text: string): boolean => /\baws[-_]auth/.test(text);

/** Whether the module takes variables: without them nobody hands it anything. */
export const takesVariables = (text: string): boolean => /\bvariable\b/.test(text);

/**
 * The local sources of modules, in native syntax and in JSON, as they are written.
 * Source: developer.hashicorp.com/terraform/language/modules/configuration (local paths)
 */
export const localSources = (text: string): readonly string[] =>
  [...text.matchAll(/"?\bsource"?\s*[=:]\s*"(\.\.?\/[^"$%\\]*|\.\.)"/g)].flatMap(([, source = '']) => source);
