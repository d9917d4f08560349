import { diagnose, type Diagnostic, type Range } from '../../diagnostics/index.ts';
import { hiddenIn } from '../../escape/terminal.ts';
import { eachOpen } from '../context.ts';
import { add } from '../draft.ts';

/**
 * Names with characters that are not seen are converted as they are, since bindings go by the bytes and the EKS API states no
 * pattern for them. Where nobody meant the character, the row grants nothing by the name that it seems to have.
 * Sources: EKS API reference, CreateAccessEntry; Kubernetes documentation, RBAC, referring to subjects.
 */
export const hiddenCharacters = eachOpen(draft => {
  const { name, username, groups, row } = draft;
  return add(
    draft,
    ...(username ? sayHidden(name, 'username', username.text ?? username.head, row.username?.range) : []),
    ...groups.flatMap(({ text, head }) => sayHidden(name, 'group', text ?? head, row.groups?.range)),
  );
});

/** What is said of a name that a row, or an entry, has. */
export const sayHidden = (
  principal: string,
  what: 'username' | 'group',
  text: string,
  at: Range | undefined,
): readonly Diagnostic[] => {
  const characters = hiddenIn(text).join(', ');
  return characters === '' ? [] : [diagnose('TAE423', { what, text, principal, characters }, at)];
};
