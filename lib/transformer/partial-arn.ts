import { isAccountId, parseArn, parsePrincipalArn, type PrincipalKind } from '../eks/index.ts';
import { unwrapParentheses, type Expression } from '../hcl/index.ts';
import { evaluate, knownString, type Scope, type Value } from '../terraform/index.ts';

/** What the source tells of a principal of which some pieces are known at plan time only. What it does not tell is absent. */
export type PartialArn = {
  readonly kind?: 'role' | 'user';
  /** What else it is; no entry can name it. */
  readonly otherKind?: Exclude<PrincipalKind, 'role' | 'user'>;
  readonly account?: string;
  readonly path?: string;
  readonly name?: string;
  /** What a name begins with that is known in part. */
  readonly nameBegins?: string;
  /** The partition, where the ARN is no literal and this part of it is known. */
  readonly knownPartition?: string;
  /** Whatever the pieces are, it is no ARN of a principal. */
  readonly invalid?: true;
  /** It begins with a piece that is not known, and nothing in it is of an ARN; or one side of its condition is so, or is none. */
  readonly unproven?: 'beginning' | 'side';
};

/** A condition that only a plan knows, by its two sides. Undefined where both may be ARNs. */
export const sidesOf = (given: Expression, scope: Scope): PartialArn | undefined => {
  const inner = unwrapParentheses(given);
  const only = inner.kind === 'template' && inner.parts.length === 1 ? inner.parts[0] : undefined;
  if (only?.kind === 'interpolation') return sidesOf(only.value, scope);
  if (inner.kind !== 'conditional') return undefined;
  const sides = [inner.then, inner.else].map(side => sidesOf(side, scope) ?? ofSide(evaluate(side, scope)));
  if (sides.every(({ invalid }) => invalid)) return { invalid: true };
  return sides.some(({ invalid, unproven }) => invalid || unproven) ? { unproven: 'side' } : undefined;
};

const ofSide = (value: Value): PartialArn => {
  const text = knownString(value);
  if (text === undefined) return partialArn(value) ?? {};
  return parsePrincipalArn(text) ? {} : { invalid: true };
};

/** Stands for an unknown piece of a string; no ARN contains it. */
const hole = '\u0000';

/** Takes an unknown piece for a part of one segment, where the text has all of them. Undefined for what is unknown as a whole. */
export const partialArn = (value: Value): PartialArn | undefined => {
  if (value.kind !== 'string' || value.parts.every(part => part === undefined)) return undefined;
  const text = value.parts.map(part => part ?? hole).join('');
  const [head = ''] = text.split(hole, 1);
  if (!'arn:'.startsWith(head) && !head.startsWith('arn:')) return { invalid: true };
  const arn = parseArn(text);
  if (arn === undefined) return head === '' ? behind(text) : {};
  const { partition, service, region, account, resource } = arn;
  if (isOpen(service) || isOpen(region)) return behind(resource);
  if (isOpen(account) && !/^\d{0,12}$/.test(account.replaceAll(hole, ''))) return { invalid: true };
  const filled = [filledIn(partition, 'aws'), service, region, filledIn(account, '000000000000')];
  const given = {
    ...(isOpen(account) ? {} : { account }),
    ...(isOpen(partition) ? {} : { knownPartition: partition }),
  };
  // Up to the name of the type, which a piece may be part of.
  if (isOpen(resource.split('/', 1)[0] ?? '')) return given;
  const parsed = parsePrincipalArn(['arn', ...filled, resource.replaceAll(hole, 'x')].join(':'));
  if (parsed === undefined) return { invalid: true };
  const { kind } = parsed;
  if (kind !== 'role' && kind !== 'user') return { otherKind: kind, ...given };
  return { ...behind(resource), ...given };
};

const isOpen = (text: string): boolean => text.includes(hole);

/** A whole segment that is not known is taken for one that fits. */
const filledIn = (text: string, fitting: string): string => (isOpen(text) ? fitting : text);

/** What stands behind the account. */
const behind = (text: string): PartialArn => {
  const match = /(?:^|:)(role|user)(\/(?:.*\/)?)([^/]*)$/s.exec(text);
  if (match === null) {
    if (/(?:^|:)root$/.test(text)) return { otherKind: 'root' };
    return text.includes(':') ? {} : { unproven: 'beginning' };
  }
  const [, kind, path = '/', name = ''] = match;
  if (!/^[\w+=,.@\u0000-]+$/.test(name)) return { invalid: true };
  return {
    ...(kind === 'role' || kind === 'user' ? { kind } : {}),
    // Whatever a directory of it is called, it is a path.
    path: path.replaceAll(hole, '*'),
    ...(isOpen(name) ? { nameBegins: name.split(hole, 1)[0] ?? '' } : { name }),
  };
};

/** An account that is written out and is none. */
export const wrongAccount = (account: string | undefined): string | undefined =>
  account === undefined || isAccountId(account) ? undefined : account || '""';
