import type { Rule } from '../draw.ts';
import { templates } from './templates.ts';
import { call, oneOf, word } from './write.ts';

export const regexes = oneOf(
  '"a"',
  '"[a-z]+"',
  '"(a)(b)?"',
  '"(?P<x>[a-z])"',
  '"^.$"',
  '"\\\\d+"',
  '"(?i)HELLO"',
  '"b*"',
  '"(a|ab)(c|b)*"',
  '"x{2,3}"',
  '"\\\\bW"',
  '"[^a]"',
  '"(?:l+)o"',
  '"("',
  '"a**"',
);
const slashed = oneOf(
  '"/a/"',
  '"/[a-z]+/"',
  '"/(l+)/"',
  '"/b*/"',
  '"/^/"',
  '"a"',
  '""',
  '"l"',
  '"/(?P<n>o)/"',
  '"/x*?/"',
);

export const strings: readonly Rule[] = [
  ...templates,
  ...['upper', 'lower', 'trimspace', 'chomp', 'jsonencode'].map(name => call(name, 'string')),
  call('jsonencode', 'any'),
  call('join', word, 'strings'),
  call('join', word, 'strings', 'numbers'),
  ...['trimprefix', 'trimsuffix'].map(name => call(name, 'string', word)),
  call('replace', 'string', slashed, oneOf('"-"', '"$1"', '"[$0]"', '"$${n}"', '""', '"$$"')),
  call('regex', oneOf('"[a-z]+"', '"."', '".*"', '"l+"'), 'string'),
  call('format', oneOf('"%s"', '"%v"', '"%s %s"'), 'string'),
  call('format', oneOf('"%d"', '"%05d"', '"%v"', '"%s"'), 'number'),
  call('format', oneOf('"%[2]s-%[1]v"', '"%s%%%v"', '"%v"'), 'string', 'any'),
  call('tostring', 'number'),
  call('tostring', 'any'),
  call('file', oneOf('"${path.module}/hello.txt"', '"hello.txt"', '"./sub/../hello.txt"')),
  call(
    'templatefile',
    oneOf('"${path.module}/greeting.tmpl"', '"greeting.tmpl"'),
    (_, make) => `{ name = ${make('string')}, list = ${make('strings')} }`,
  ),
];
