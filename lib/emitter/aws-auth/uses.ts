import type { Range } from '../../diagnostics/index.ts';
import type { Body } from '../../hcl/index.ts';
import { addressOf, blockAddress, blockTitle, referencesOf, type RootModule } from '../../terraform/index.ts';

/** Where a block refers to what writes aws-auth. `waits`: in `depends_on`, which needs nothing of it. */
export type Use = { readonly range: Range; readonly words: string; readonly waits: boolean };

/** Who refers to an address from other blocks than these. What has moved there is a matter of the state, not of the source. */
export const usesOf = ({ blocks }: RootModule, address: string, besides: readonly string[]): readonly Use[] =>
  blocks
    .filter(
      ({ type, labels }) =>
        type !== 'moved' && type !== 'removed' && !besides.includes(blockAddress(type, labels) ?? type),
    )
    .flatMap(({ type, labels, body }) => {
      const words = blockTitle({ type, labels });
      return usesIn(body, address).map(use => ({ ...use, words }));
    });

const usesIn = (body: Body, address: string): readonly Omit<Use, 'words'>[] =>
  body.items.flatMap(item =>
    item.kind === 'block'
      ? usesIn(item.body, address)
      : referencesOf(item.value)
          .filter(reference => addressOf(reference) === address)
          .map(({ range }) => ({ range, waits: item.name === 'depends_on' })),
  );
