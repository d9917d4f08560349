import { printKey, quote } from '../../hcl/index.ts';
import { render } from '../print-entry.ts';
import type { Move } from './adopt.ts';
import { textOf } from './declared.ts';
import type { ImportGroup } from './form.ts';

/** The blocks as HCL; empty without any. */
export const printBlocks = (cluster: string, groups: readonly ImportGroup[], moves: readonly Move[]): string => {
  const blocks = groups.flatMap(({ resource, imports, form }): object[] =>
    form === 'each'
      ? [
          {
            each: true,
            resource,
            imports: imports.map(({ to, id }) => ({ key: printKey(String(to.key ?? '')), id: quote(id) })),
          },
        ]
      : imports.map(({ to, id }) => ({ each: false, to: textOf(to), id: quote(id) })),
  );
  const text = render('import-blocks', { cluster, blocks, moves });
  return text === '' ? '' : `${text}\n`;
};
