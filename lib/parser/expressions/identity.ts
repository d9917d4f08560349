import { isSsoRoleName, keyOfPrincipal, parsePrincipalArn, samePrincipal, type PrincipalArn } from '../../eks/index.ts';
import { attribute, stringValue, unwrapParentheses } from '../../hcl/index.ts';
import { blocksOf, evaluate, knownString, type RootModule } from '../../terraform/index.ts';
import { type Field, partOfMeaning } from '../aws-auth/row.ts';

/**
 * Who a principal expression stands for, as far as the source tells: an ARN; the role of Identity Center that a data source looks
 * up by its name, which has a suffix that no other role has; or the expression itself, without a path that is written out in it.
 */
export type Identity =
  | { readonly kind: 'arn'; readonly arn: PrincipalArn }
  | { readonly kind: 'sso-role'; readonly name: string }
  | { readonly kind: 'source'; readonly text: string; readonly ssoRole?: string };

export const identityOf = (given: Field, module: RootModule): Identity => {
  const field = { ...given, ...partOfMeaning(given, unwrapParentheses(given.expression)) };
  const text = knownString(field.value);
  const arn = parsePrincipalArn(text);
  if (arn) return { kind: 'arn', arn };
  const pathless = withoutReplacedPath(field, module);
  if (pathless) return identityOf(pathless, module);
  const name = lookedUpName(field.source, module);
  if (name !== undefined && isSsoRoleName(name)) return { kind: 'sso-role', name };
  const tail = field.value.kind === 'string' ? field.value.parts.at(-1) : undefined;
  const ssoRole = /([^/:]+)$/.exec(tail ?? '')?.[1];
  return {
    kind: 'source',
    text: withoutPath(normalizeSource(text ?? field.source)),
    ...(ssoRole !== undefined && isSsoRoleName(ssoRole) ? { ssoRole } : {}),
  };
};

/** Two spellings of one expression differ by white space, or in how they take the only role out of what a data source has found. */
export const normalizeSource = (source: string): string => withOne(source.replace(/\s+/g, ''));

const roles = String.raw`data\.aws_iam_roles\.[\w-]+(?:\[[^\]]*\])?\.(?:arns|names)`;
const asList = new RegExp(String.raw`(?<![\w:])(?:tolist|toset|sort)\((${roles})\)`, 'g');
const first = new RegExp(String.raw`(${roles})\[0\]|(?<![\w:])(?:element\((${roles}),0\)|join\("",(${roles})\))`, 'g');

/**
 * Where `one` does not fail, there is one role, and it is the first one, too.
 * Source: https://developer.hashicorp.com/terraform/language/functions/one
 */
const withOne = (source: string): string => {
  if (!source.includes('data.aws_iam_roles.')) return source;
  const listed = source.replaceAll(asList, '$1');
  return listed === source ? source.replaceAll(first, 'one($1$2$3)') : withOne(listed);
};

/** What `replace(arn, ":role/", ":role/<path>/")` puts a path into. */
const withoutReplacedPath = (field: Field, module: RootModule): Field | undefined => {
  const call = unwrapParentheses(field.expression);
  if (call.kind !== 'call' || call.name !== 'replace') return undefined;
  const [arn, from, to] = call.args;
  if (!arn || !from || !to || stringValue(from) !== ':role/' || !/^:role\/.+\/$/.test(stringValue(to) ?? ''))
    return undefined;
  return { ...field, ...partOfMeaning(field, arn), value: evaluate(arn, module.scope) };
};

/** aws-auth held the role without its path, the entry has it. Role names are unique in an account. */
const withoutPath = (source: string): string => source.replace(/:role\/(?:[\w.@=,+-]+\/)+/, ':role/');

export const sameIdentity = (a: Identity, b: Identity): boolean => {
  if (a.kind === 'arn' && b.kind === 'arn') return samePrincipal(a.arn, b.arn);
  if (a.kind === 'source' && b.kind === 'source') return a.text === b.text;
  const [nameA, nameB] = [ssoRoleOf(a), ssoRoleOf(b)];
  return nameA !== undefined && nameA === nameB;
};

const ssoRoleOf = (identity: Identity): string | undefined => {
  if (identity.kind === 'sso-role') return identity.name.toLowerCase();
  if (identity.kind === 'source') return identity.ssoRole?.toLowerCase();
  return isSsoRoleName(identity.arn.name) ? identity.arn.name.toLowerCase() : undefined;
};

/**
 * Finds those of `items` that are the same as one of several identities, in their order. Each row asks, of as many entries as there
 * are rows: comparing all with all takes longer than everything else together.
 */
export const identityIndex = <Item>(
  items: readonly Item[],
  of: (item: Item) => Identity | undefined,
): ((identities: readonly Identity[]) => readonly Item[]) => {
  const identified = items.flatMap(item => {
    const identity = of(item);
    return identity ? [{ item, identity }] : [];
  });
  const places = new Map<string, number[]>();
  for (const [place, { identity }] of identified.entries()) {
    for (const trace of tracesOf(identity)) {
      const found = places.get(trace);
      if (found) found.push(place);
      else places.set(trace, [place]);
    }
  }
  return identities => {
    const near = new Set(identities.flatMap(tracesOf).flatMap(trace => places.get(trace) ?? []));
    return [...near]
      .toSorted((a, b) => a - b)
      .flatMap(place => identified[place] ?? [])
      .filter(({ identity }) => identities.some(asked => sameIdentity(asked, identity)))
      .map(({ item }) => item);
  };
};

/** Two that are the same have one of these in common. Two that have one in common may differ, by the account of a role. */
const tracesOf = (identity: Identity): readonly string[] => {
  const ssoRole = ssoRoleOf(identity);
  return [
    ...(identity.kind === 'arn' ? [`arn ${keyOfPrincipal(identity.arn)}`] : []),
    ...(identity.kind === 'source' ? [`source ${identity.text}`] : []),
    ...(ssoRole === undefined ? [] : [`role ${ssoRole}`]),
  ];
};

/** The name in `one(data.aws_iam_roles.x.arns)` when the data source asks for exactly one name: `name_regex = "^name$"`. */
const lookedUpName = (source: string, module: RootModule): string | undefined => {
  const label = /^one\(data\.aws_iam_roles\.([\w-]+)(?:\[[^\]]*\])?\.arns\)$/.exec(normalizeSource(source))?.[1];
  const block = blocksOf(module, 'data', 'aws_iam_roles').find(({ labels }) => labels[1] === label);
  const regex = block && attribute(block.body, 'name_regex');
  const pattern = regex && stringValue(regex.value);
  const name = /^\^(.*)\$$/
    .exec(pattern ?? '')?.[1]
    ?.replace(/\\(.)/g, '$1')
    .replace(/\[(.)\]/g, '$1');
  return name !== undefined && /^[\w+=,.@-]+$/.test(name) ? name : undefined;
};
