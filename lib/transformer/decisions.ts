import type { Code, Diagnostic } from '../diagnostics/index.ts';
import type { Row } from '../parser/index.ts';
import type { Principal } from './principal.ts';

/** Codes that a person may accept in the config: the row is then converted as the code's page says. */
export const acceptableCodes: readonly Code[] = [
  'TAE306',
  'TAE307',
  'TAE308',
  'TAE310',
  'TAE316',
  'TAE319',
  'TAE325',
  'TAE326',
  'TAE327',
  'TAE331',
  'TAE332',
  'TAE333',
];

/** What an entry of these needs is the ARN, with its path. */
const codesOfPath: readonly Code[] = ['TAE282', 'TAE313', 'TAE322', 'TAE334'];

/** What a group becomes that no entry can have. */
const codesOfGroup: readonly Code[] = ['TAE309', 'TAE314', 'TAE315'];

/** Settled before the config is asked. */
const codesOfSource: readonly Code[] = ['TAE311'];

type Named = { readonly principal?: Principal; readonly row: Row };

/** How the config names the row; undefined where it has nothing that it can be named by. */
const nameInConfig = ({ principal, row }: Named): string | undefined =>
  principal?.text ?? principal?.source ?? (row.unclear === undefined ? undefined : row.argument);

/** The lines for the config of which each settles a blocked row, as JSON. What only a person knows stands in them as `<words>`. */
export const waysToSettle = (named: Named, { code }: Diagnostic, group?: string): readonly string[] => {
  const principal = nameInConfig(named);
  const reason = '...';
  return [
    ...(group !== undefined && codesOfGroup.includes(code)
      ? [{ group: '<a group of your own>' }, { drop: true }].map(becomes => ({ groups: { [group]: becomes } }))
      : []),
    ...(principal !== undefined && codesOfPath.includes(code)
      ? [{ principals: { [principal]: { arn: '<the ARN with its path>' } } }]
      : []),
    ...(principal !== undefined && acceptableCodes.includes(code) ? [{ accept: [{ principal, code, reason }] }] : []),
    ...(principal === undefined || codesOfSource.includes(code) ? [] : [{ drop: [{ principal, reason }] }]),
  ].map(jsonLine);
};

/** JSON in one line, with the white space that people put into it. */
const jsonLine = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(jsonLine).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const items = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${jsonLine(item)}`);
  return `{ ${items.join(', ')} }`;
};
