import { diagnose } from '../../diagnostics/index.ts';
import { mainTemplate, mayBecomeReserved } from '../../eks/index.ts';
import { knownString, type Value } from '../../terraform/index.ts';
import { blockUnlessAccepted, eachOpen } from '../context.ts';
import { block, isOpen } from '../draft.ts';

/**
 * The groups must be readable before anything is decided by them. A string where a list belongs leaves the row in force with
 * no groups. Source: kubernetes-sigs/aws-iam-authenticator, pkg/mapper/configmap/yaml_test.go.
 */
export const groupsKnown = eachOpen((draft, context) => {
  const field = draft.row.groups;
  if (!field || field.value.kind === 'null' || draft.groupsStay) return draft;
  const at = field.range;
  if (field.value.kind === 'unknown') return block(draft, diagnose('TAE318', { principal: draft.name }, at));
  if (field.value.kind !== 'list') {
    return blockUnlessAccepted(draft, context, diagnose('TAE307', { principal: draft.name, inPart: false }, at));
  }
  const checked = field.value.items.some(({ kind }) => notNames.has(kind))
    ? blockUnlessAccepted(draft, context, diagnose('TAE307', { principal: draft.name, inPart: true }, at))
    : draft;
  const [template] = isOpen(checked) ? field.value.items.flatMap(templatesInPart) : [];
  if (template) return block(checked, diagnose('TAE315', { principal: draft.name, ...template, isKnown: false }, at));
  const hidden = draft.groups.some(({ text, head }) => text === undefined && mayBecomeReserved(head));
  return hidden && isOpen(checked) ? block(checked, diagnose('TAE318', { principal: draft.name }, at)) : checked;
});

/** Kinds of values that stand among strings and are none to the authenticator. */
const notNames: ReadonlySet<string> = new Set(['number', 'bool', 'list', 'object']);

type InPart = NonNullable<ReturnType<typeof mainTemplate>>;

/** A template in a name of which only pieces are known. */
const templatesInPart = (value: Value): readonly (InPart & { readonly group: string })[] => {
  if (value.kind !== 'string' || knownString(value) !== undefined) return [];
  const group = value.parts.map(part => part ?? '${...}').join('');
  const template = mainTemplate(group);
  return template === undefined ? [] : [{ group, ...template }];
};
