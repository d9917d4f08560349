import type { Attribute, Expression, HclFile, Template } from '../../../lib/hcl/index.ts';
import { testParser } from '../../support/runtime.ts';

export const parseText = async (text: string): Promise<HclFile> => (await testParser()).parse('main.tf', text);

/** The value of `x = ...`. */
export const parseExpression = async (text: string): Promise<Expression> => {
  const { body } = await parseText(`x = ${text}\n`);
  return (body.items[0] as Attribute).value;
};

/** A template as hcl2json prints it: markers escaped, interpolations as written. */
export const printTemplate = (text: string, { parts }: Template): string =>
  parts
    .map(part =>
      part.kind === 'literal'
        ? part.text.replaceAll(/([$%])\{/g, '$1$&')
        : part.kind === 'opaque'
          ? '<opaque>'
          : `\${${text.slice(part.value.range.start, part.value.range.end)}}`,
    )
    .join('');
