import { attributesOf } from '../../hcl/index.ts';
import { awsAuthArguments, nameOfInstance, type Mapping } from '../../parser/index.ts';
import type { PlacedAttribute } from '../../terraform/index.ts';
import { submodule } from './submodule.ts';
import type { Writer } from './writer.ts';

/** Arguments of the eks call itself, as versions 18.20 to 19 have them: both flags are false by default. */
export const inline: Writer = {
  ...submodule,
  removal: mapping => ({ attributes: argumentsOf(mapping) }),
};

/** Arguments of the eks call of version 17, where the flag is true by default and has to stay. */
export const inline17: Writer = {
  ...inline,
  plan: () => ['kubernetes_config_map.aws_auth[0] destroyed: the object goes, with all its rows'],
  addresses: mapping => [`${nameOfInstance(mapping, mapping.repetition)}.kubernetes_config_map.aws_auth[0]`],
  removal: mapping => ({
    attributes: argumentsOf(mapping).filter(({ name }) => name !== mapping.form.manageConfigMap.name),
  }),
};

const argumentsOf = ({ block, form }: Mapping): readonly PlacedAttribute[] => {
  const names = awsAuthArguments(form);
  return attributesOf(block.body)
    .filter(({ name }) => names.includes(name))
    .map(attribute => ({ ...attribute, in: block.in }));
};
