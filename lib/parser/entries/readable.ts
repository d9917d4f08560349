/**
 * What is told of one thing: its value; that it has none; or neither, since it cannot be read. `part` is what of a list can be read
 * all the same. What cannot be read is never taken for what is not there.
 */
export type Readable<Value> =
  | { readonly kind: 'known'; readonly value: Value }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unreadable'; readonly part?: Value };

export const known = <Value>(value: Value): Readable<Value> => ({ kind: 'known', value });
export const absent = { kind: 'absent' } as const;
export const unreadable = { kind: 'unreadable' } as const;

/** `none` is what stands for a thing that is not there. Undefined where it cannot be read. */
export const valueOr = <Value, None>(readable: Readable<Value>, none: None): Value | None | undefined =>
  readable.kind === 'known' ? readable.value : readable.kind === 'absent' ? none : undefined;

/** As much of a list as can be read. */
export const readItems = <Item>(readable: Readable<readonly Item[]>): readonly Item[] =>
  readable.kind === 'known' ? readable.value : readable.kind === 'absent' ? [] : (readable.part ?? []);

/** Whether there is a list, though some of its items may not be told. */
export const isList = (readable: Readable<readonly unknown[]>): boolean =>
  readable.kind === 'known' || (readable.kind === 'unreadable' && readable.part !== undefined);
