import { diagnose } from '../../diagnostics/index.ts';
import { parsePrincipalArn } from '../../eks/index.ts';
import { evaluate, knownString } from '../../terraform/index.ts';
import { eachOpen, type Context } from '../context.ts';
import { block, type Draft } from '../draft.ts';
import { guardsIn } from '../form.ts';
import { inOneLine } from '../principal.ts';

/**
 * A script has values where Terraform has expressions. A row is covered when all of it is known, and it is in force in any case.
 */
export const covered = eachOpen((draft, context) => {
  if (context.emit !== 'aws-cli') return draft;
  const whole = withWhole(draft, context);
  const missing = unknown(whole, context);
  if (missing === undefined) return whole;
  const isNamed = whole.principalArn !== undefined && missing.way !== 'cluster';
  const args = { principal: draft.name, isNamed, ...missing };
  return block(draft, diagnose('TAE328', args, draft.row.principal?.range ?? draft.row.origin));
});

/** Where an expression takes the path off, the ARN is that with the path, if the source tells it. */
const withWhole = (draft: Draft, { source }: Context): Draft => {
  const whole = draft.principal?.whole;
  if (!whole || draft.principalSource !== whole.source) return draft;
  const text = knownString(evaluate(whole.expression, source.module.scope));
  const { principalArn: _, ...rest } = draft;
  return text !== undefined && parsePrincipalArn(text) ? { ...rest, principalArn: text } : rest;
};

type Missing = { readonly what: string; readonly way: 'arn' | 'condition' | 'cluster' | 'rights' };

const unknown = (draft: Draft, { cluster }: Context): Missing | undefined => {
  const { principalArn, username, groups, groupsStay, row, alternativeOf } = draft;
  const [guard] = guardsIn(cluster, row.guards, 'argument');
  const { address, repetition } = cluster;
  if (repetition.kind === 'many') {
    return { what: `which cluster it is, of those that ${repetition.argument} of ${address} makes`, way: 'cluster' };
  }
  if (guard !== undefined) return { what: `whether ${inOneLine(guard)} holds`, way: 'condition' };
  if (alternativeOf !== undefined) {
    return { what: 'which of its rows under different conditions is in force', way: 'condition' };
  }
  if (principalArn === undefined) return { what: 'the ARN of the principal', way: 'arn' };
  if (username && username.text === undefined) return { what: 'the username', way: 'rights' };
  if (groupsStay || groups.some(({ text }) => text === undefined)) return { what: 'the groups', way: 'rights' };
  const texts = [username?.text ?? '', ...groups.map(({ text }) => text ?? '')];
  return texts.some(text => unsendable.test(text)) ? { what: unsendableWords, way: 'rights' } : undefined;
};

/** No argument of a command holds the character 0, and half of a surrogate pair is no text. */
const unsendable = /\0|\p{Surrogate}/u;
const unsendableWords = 'how a command would carry a character of its username or groups';
