import type { Mapping } from '../../parser/index.ts';
import { inline, inline17 } from './inline.ts';
import { resource } from './resource.ts';
import { submodule } from './submodule.ts';
import type { Writer } from './writer.ts';

/** What phases 3 and 5 do to each form. */
const writers: Readonly<Record<Mapping['form']['id'], Writer>> = { submodule, inline, 'inline-17': inline17, resource };

export const writerOf = ({ form }: Mapping): Writer => writers[form.id];
