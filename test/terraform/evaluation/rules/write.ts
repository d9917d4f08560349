import { pick, type Draw, type Kind, type Rule } from '../draw.ts';

export type Make = (kind: Kind, draw?: Draw) => string;

export const rule = (name: string, write: (draw: Draw, make: Make) => string): Rule => ({ name, write });

/** A call with arguments of these kinds, or written out. */
export const call = (name: string, ...kinds: readonly (Kind | ((draw: Draw, make: Make) => string))[]): Rule =>
  rule(name, (draw, make) => {
    const args = kinds.map(kind => (typeof kind === 'string' ? make(kind) : kind(draw, make)));
    return `${name}(${args.join(', ')})`;
  });

export const oneOf =
  (...texts: readonly string[]) =>
  (draw: Draw): string =>
    pick(draw, texts);

export const words = [
  '""',
  '"a"',
  '"b"',
  '"ab"',
  '"Hello World"',
  '"x-1"',
  '"10"',
  '"true"',
  '"é"',
  '"a,b,c"',
  '" a "',
  '"1.5"',
  '"日本"',
];
export const integers = ['0', '1', '2', '3', '10', '-1', '7', '100'];
export const word = oneOf(...words);
export const small = oneOf('0', '1', '2', '3');
