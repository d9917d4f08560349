import { gaps, startOf, titleOf, type CalledCluster, type NumberedCall } from '../../parser/index.ts';
import { inComment } from '../../escape/shell.ts';
import type { State } from '../phase.ts';

/** An address of the module, or with `of` one of a call of it: in there, or, `beside`, in the directory of that call. */
export type Placed = { readonly address: string; readonly of?: CalledCluster; readonly beside?: boolean };

/**
 * Commands with addresses as they are in the state of each root module. Where a person has to fill a gap first, they are comments: none is
 * to run without those before it.
 */
export const inRoots = (
  { calls = [] }: Pick<State, 'calls'>,
  placed: readonly Placed[],
  commands: (addresses: readonly string[]) => readonly string[],
): readonly string[] => {
  if (calls.length === 0) return withGaps(commands(placed.map(({ address }) => address)));
  return calls.flatMap(call => {
    const addresses = placed
      .filter(({ of }) => of === undefined || isOf(of, call))
      .flatMap(({ address, beside }) =>
        (beside ? [startOf(call.place)] : call.starts).map(start => `${start}${address}`),
      );
    if (addresses.length === 0) return [];
    return withGaps(commands(addresses), call, calls.length > 1);
  });
};

const isOf = ({ address, wrapper }: CalledCluster, call: NumberedCall): boolean =>
  address === call.address && wrapper?.caller === call.place.label;

const withGaps = (lines: readonly string[], call?: NumberedCall, isOneOfMany = false): readonly string[] => {
  const words = wordsForGaps(lines, call).map(({ gap, words: meant }) => `${gap} is ${meant}`);
  const where = call && (call.place.roots ? `${titleOf(called(call))}, in ${rootsOf(call).join(', ')}` : call.title);
  const heading = [...(where !== undefined && (isOneOfMany || words.length > 0) ? [where] : []), ...words].join('; ');
  return [
    ...(heading === '' ? [] : [`# ${inComment(heading)}:`]),
    ...(words.length > 0 ? lines.map(line => `# ${inComment(line)}`) : lines),
  ];
};

const called = ({ address, place: { label } }: NumberedCall): Parameters<typeof titleOf>[0] => ({
  address,
  wrapper: { caller: label },
});

/** The labels of the root modules in whose state the call is. */
export const rootsOf = ({ place }: NumberedCall): readonly string[] =>
  (place.roots ?? [place]).map(({ label }) => label);

/** What a person has to write for each gap. */
export const wordsForGaps = (
  texts: readonly string[],
  call?: NumberedCall,
): readonly { readonly gap: string; readonly words: string }[] => {
  const { roots, label = '' } = call?.place ?? {};
  const ofUnit = roots?.some(({ isUnit }) => isUnit)
    ? `, and nothing in a unit of Terragrunt that is for ${label}`
    : '';
  const words = {
    [gaps.key]: 'the key of an instance in quotes',
    [gaps.index]: 'the number of an instance',
    [gaps.call]: roots ? `the address of the call of ${label} there${ofUnit}` : 'the address of that call',
  };
  return gapsIn(texts).map(gap => ({ gap, words: words[gap] }));
};

type Gap = (typeof gaps)[keyof typeof gaps];

const gapsIn = (texts: readonly string[]): readonly Gap[] =>
  Object.values(gaps).filter(gap => texts.some(text => text.includes(gap)));
