/** First looks at the text of a file, before it is parsed. */

import { mentionsRoute } from '../routes/routes.ts';

/** Whether it names the eks module, as a source or in a comment. */
export const callsEks = (text: string): boolean => /terraform-aws-(modules\/eks|eks)\b|\/eks\/aws\b/.test(text);

/** Whether it makes a cluster, or writes its aws-auth, without the eks module. */
export const writesAwsAuth = (text: string): boolean => /\baws_eks_cluster\b|\baws-auth\b/.test(text);

/** Whether it has to do with aws-auth, whichever way. */
export const namesAwsAuth = (text: string): boolean => /\baws[-_]auth/.test(text);

/** Whether it has to do with rows or with access entries. What the data source of a token is called says nothing of them. */
export const namesAccess = (text: string): boolean => {
  const rest = text.replace(/\baws_eks_cluster_auth(?:\.|"?\s+"?)[\w-]+/g, '');
  return namesAwsAuth(text) || mentionsRoute(rest) || /access_entr|aws_eks_access_/.test(text);
};

/** Whether a file of Terragrunt may generate such a file. */
export const mayGenerateAccess = (text: string): boolean => /^\s*generate\b/m.test(text) && namesAccess(text);

/** Whether it may have a resource that writes aws-auth: an escape in a string, or a file, may have the name. */
export const mayWriteConfigMap = (text: string): boolean =>
  /\bkubernetes_config_map|\bkube(?:rnetes|ctl)_manifest\b/.test(text);

/**
 * The local sources of modules in native syntax, as they are written. What `isPlain` refuses may have more.
 * Source: developer.hashicorp.com/terraform/language/modules/configuration (local paths)
 */
export const plainSources = (text: string): readonly string[] =>
  [...text.matchAll(/\bsource\s*=\s*"((?:\.\.?)?\/[^"$%\\]*|\.\.)"/g)].flatMap(([, source = '']) => source);

/** Whether a source is a path. An absolute one counts: Terraform copies what is there. */
export const isLocalSource = (source: string): boolean => /^(?:\.\.?(?:\/|$)|\/)/.test(source);

/**
 * Whether each call in a text in native syntax has its source as a string and nothing else, at the place where such a text has it: then no tree is
 * needed to find it. In doubt it has not.
 */
export const isPlain = (text: string): boolean =>
  [...text.matchAll(/(?:^|\*\/)[ \t]*module\b(?![.-])/gm)].every(({ index }) => {
    const call = text.slice(index);
    const [header] = /^(?:\*\/)?[ \t]*module[ \t]+(?:"[^"\n]*"|[\w-]+)[ \t]*\{/.exec(call) ?? [];
    if (header === undefined) return false;
    const end = call.search(/\n\}/);
    const body = call.slice(header.length, end === -1 ? undefined : end).replace(/^[ \t]*(?:#|\/\/).*$/gm, '');
    const named = [...body.matchAll(/(?<![\w.-])source(?![\w-])/g)];
    return named.length > 0 && named.every(name => /^source[ \t]*=[ \t]*"[^"$%\\\n]*"/.test(body.slice(name.index)));
  });
