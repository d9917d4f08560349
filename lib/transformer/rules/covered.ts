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
  const what = unknown(whole, context);
  if (what === undefined) return whole;
  return block(
    draft,
    diagnose('TAE328', { principal: draft.name, what }, draft.row.principal?.range ?? draft.row.origin),
  );
});

/** Where an expression takes the path off, the ARN is that with the path, if the source tells it. */
const withWhole = (draft: Draft, { source }: Context): Draft => {
  const whole = draft.principal?.whole;
  if (!whole || draft.principalSource !== whole.source) return draft;
  const text = knownString(evaluate(whole.expression, source.module.scope));
  const { principalArn: _, ...rest } = draft;
  return text !== undefined && parsePrincipalArn(text) ? { ...rest, principalArn: text } : rest;
};

const unknown = (draft: Draft, { cluster }: Context): string | undefined => {
  const { principalArn, username, groups, groupsStay, row, alternativeOf } = draft;
  const [guard] = guardsIn(cluster, row.guards, 'argument');
  const { address, repetition } = cluster;
  if (repetition.kind === 'many')
    return `which cluster it is, of those that ${repetition.argument} of ${address} makes`;
  if (guard !== undefined) return `whether ${inOneLine(guard)} holds`;
  if (alternativeOf !== undefined) return 'which of its rows under different conditions is in force';
  if (principalArn === undefined) return 'the ARN of the principal';
  if (username && username.text === undefined) return 'the username';
  if (groupsStay || groups.some(({ text }) => text === undefined)) return 'the groups';
  const texts = [username?.text ?? '', ...groups.map(({ text }) => text ?? '')];
  return texts.some(text => unsendable.test(text)) ? unsendableWords : undefined;
};

/** No argument of a command holds the character 0, and half of a surrogate pair is no text. */
const unsendable = /\0|\p{Surrogate}/u;
const unsendableWords = 'how a command would carry a character of its username or groups';
