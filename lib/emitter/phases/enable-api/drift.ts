import { markdownCode } from '../../../escape/markdown.ts';
import { knownString } from '../../../terraform/index.ts';
import { manages } from '../../../parser/index.ts';
import type { RowOutcome, Transformed } from '../../../transformer/index.ts';
import type { LiveGate, State } from '../../phase.ts';

/**
 * What the next apply makes of the live ConfigMap, before any phase. It comes first, so that the plan of phase 1 shows the mode
 * alone and nobody takes the change of rows for a part of it.
 */
export const driftGates = ({ transformed }: State): readonly LiveGate[] => {
  const lines = transformed.flatMap(drift);
  if (lines.length === 0) return [];
  return [
    {
      what: `The ConfigMap matches the source. As it stands, an apply of the source ${lines.join(', ')}: do that first.`,
      command: 'terraform plan',
      expect: 'no change of aws_auth',
    },
  ];
};

const drift = ({ mapping, outcomes, unmatched }: Transformed): readonly string[] => {
  if (!mapping || mapping.create.value === false || mapping.manageConfigMap.value === false) return [];
  const own = unmatched
    .filter(({ list }) => manages(mapping, list))
    .map(({ principal }) => markdownCode(knownString(principal?.value) ?? ''));
  return [
    ...outcomes.filter(({ row }) => manages(mapping, row.list)).flatMap(outcome => words(outcome) ?? []),
    ...(own.length === 0 ? [] : [`takes out the rows of ${own.join(', ')}, unless the source has them`]),
  ];
};

const words = ({ row, name, disposition, existing, liveRow }: RowOutcome): string | undefined => {
  if (disposition === 'blocked') return undefined;
  if (row.live) return existing ? undefined : `takes out the row of ${markdownCode(name)}`;
  if (liveRow === undefined) return undefined;
  return `${liveRow === 'missing' ? 'adds' : 'changes'} the row of ${markdownCode(name)}`;
};
