import { attribute, quote } from '../../../hcl/index.ts';
import { filesetOf, type PlacedBlock, type RootModule } from '../../../terraform/index.ts';
import { givenFiles } from '../../../terraform/fileset.ts';
import { partOf, placeOf, type Piece } from '../../expressions/piece.ts';
import { resolve } from '../../expressions/resolve.ts';
import { substitute } from '../../expressions/substitute.ts';

/**
 * An argument of a resource with `for_each = fileset(...)`, once for each file of the root module that was given. Undefined for any
 * other resource. Source: developer.hashicorp.com/terraform/language/functions/fileset
 */
export const eachFile = (module: RootModule, block: PlacedBlock, argument: Piece): readonly FilePiece[] | undefined => {
  const names = namesIn(module, block);
  return names?.flatMap(name => {
    const each = module.parseExpression(`{ key = ${quote(name)}, value = ${quote(name)} }`);
    const text = substitute(module, argument, new Map([['each', each]]));
    return text === undefined
      ? []
      : [{ file: name, piece: { ...module.parseExpression(text), at: placeOf(argument) } }];
  });
};

/** An argument with `each` filled in for one file. */
type FilePiece = { readonly file: string; readonly piece: Piece };

const namesIn = (module: RootModule, { body, in: file }: PlacedBlock): readonly string[] | undefined => {
  const given = attribute(body, 'for_each');
  const found = given && withoutToset(module, resolve(module, { expression: given.value, file }));
  if (!found || found.expression.kind !== 'call' || found.expression.name !== 'fileset') return undefined;
  const listed = filesetOf(found.expression, module.scope);
  if (!listed) return undefined;
  return [...givenFiles(module.scope, listed).keys()];
};

const withoutToset = (module: RootModule, piece: Piece): Piece => {
  const { expression } = piece;
  const [only] = expression.kind === 'call' && expression.name === 'toset' ? expression.args : [];
  return only ? resolve(module, partOf(piece, only)) : piece;
};
