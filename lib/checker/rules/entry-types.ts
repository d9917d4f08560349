import { diagnose } from '../../diagnostics/index.ts';
import { entryType } from '../../parser/index.ts';
import { entryTypes, isAccessEntryType } from '../../eks/index.ts';
import { entriesOf, placeOfField } from '../entries.ts';
import type { CheckRule } from '../rule.ts';

/** Types are told apart by case. Source: EKS API reference, CreateAccessEntry; aws-cdk issue 31147. */
export const entryTypeNames: CheckRule = state =>
  entriesOf(state).flatMap(entry => {
    const type = entryType(entry.written);
    if (type === undefined || isAccessEntryType(type)) return [];
    const upper = type.trim().toUpperCase().replaceAll('-', '_');
    const meant = isAccessEntryType(upper)
      ? `Write "${upper}": types are in capitals.`
      : `EKS knows ${Object.keys(entryTypes).join(', ')}.`;
    return [diagnose('TAE714', { entry: entry.name, type, meant }, placeOfField(entry.written.object, 'type'))];
  });
