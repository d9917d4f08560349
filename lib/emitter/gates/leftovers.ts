import { diagnose } from '../../diagnostics/index.ts';
import { outsideReferences } from '../leftovers.ts';
import { writerOf } from '../aws-auth/writers.ts';
import type { Mapping } from '../../parser/index.ts';
import type { SourceGate } from './gate.ts';

/** What refers to the aws-auth call, so that it cannot go. */
export const remains: SourceGate = ({ source }) =>
  source.mappings
    .filter(goesAsBlock)
    .flatMap(({ call }) =>
      outsideReferences(source, call.address).map(({ range, words }) =>
        diagnose('TAE211', { call: call.address, reference: words }, range),
      ),
    );

const goesAsBlock = (mapping: Mapping): boolean => 'block' in writerOf(mapping).removal(mapping);
