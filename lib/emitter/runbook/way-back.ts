import { shellQuote } from '../../escape/shell.ts';
import { isInForce, nameOfInstance } from '../../parser/index.ts';
import { writerOf } from '../aws-auth/writers.ts';
import { inCalls } from '../callers/calls.ts';
import type { PhaseRunbook, State } from '../phase.ts';
import { clustersOrOne } from './words.ts';

type Back = Pick<PhaseRunbook, 'back' | 'backCommands'>;

/**
 * Phase 2: an entry that is destroyed gives its row back. One that was there before and was imported is to be forgotten instead.
 * A `removed` block has no key of an instance, and the module still declares the others, so it serves standalone resources alone.
 * Source: hashicorp/terraform, internal/configs/removed.go; opentofu/opentofu, internal/configs/removed.go (1.7 to 1.9: no lifecycle).
 */
export const entriesBack = (state: State): Back => {
  const addresses = state.transformed.flatMap(({ cluster, entries }) =>
    entries.map(({ form, key, label }) =>
      form === 'resource' || !cluster
        ? `aws_eks_access_entry.${label}`
        : [nameOfInstance(cluster, cluster.repetition), cluster.wrapper?.call, `aws_eks_access_entry.this["${key}"]`]
            .filter(part => part !== undefined)
            .join('.'),
    ),
  );
  const [first] = addresses;
  const standalone = addresses.some(address => address.startsWith('aws_eks_access_entry.'));
  return {
    back: [
      'Apply revision 1 again. Each association goes first, then its entry; a principal is without its rights in between. As soon as the entry is gone the row of aws-auth, which is untouched, is in force again.',
      ...(first === undefined
        ? []
        : [
            'That would also destroy an entry that this phase imported, which EKS or somebody else made. First remove each such entry and its associations from the state, as below, and no other: an entry of this phase that the state forgets stays, and overrides its row. With OpenTofu it is `tofu state rm`.',
          ]),
      ...(standalone
        ? [
            'In place of the command, a `removed` block with the address of the resource and `lifecycle { destroy = false }` does the same, in Terraform 1.7 and newer and in OpenTofu 1.10 and newer. OpenTofu 1.7 to 1.9 take it without `lifecycle`, and forget by default. Terraform without `lifecycle` destroys.',
          ]
        : []),
    ],
    ...(first === undefined
      ? {}
      : {
          backCommands: [
            'terraform state list | grep aws_eks_access_',
            '# Only of one that was there before this phase:',
            `# terraform state rm ${shellQuote(first)}`,
          ],
        }),
  };
};

/** Phase 3: Terraform writes the rows back, or kubectl does, where Terraform cannot read the cluster any more. */
export const awsAuthBack = (state: State, called: boolean): Back => {
  const { source } = state;
  const copies = clustersOrOne(state).map(({ kubectl, backup }) => `${kubectl} apply -f ${backup}`);
  const addresses = source.mappings
    .filter(mapping => isInForce(mapping) !== false)
    .flatMap(mapping => writerOf(mapping).addresses(mapping))
    .flatMap(address => inCalls(state, address));
  return {
    back: [
      ...(called ? ['Apply revision 2 again: it writes the rows of the source back.'] : []),
      `${called ? 'Rows that were in the live ConfigMap alone' : 'The rows'} come from the ${copies.length > 1 ? 'copies' : 'copy'}: ${copies.join('; ')}`,
      ...(called && addresses.length > 0
        ? [
            'Where the runner cannot read the cluster any more, so that no plan ends: put the files of revision 2 back, and run the commands below, the ones with kubectl as somebody with access. The state forgets what it still has of aws-auth. With OpenTofu `tofu` stands for `terraform`. The next apply writes the rows again.',
          ]
        : []),
    ],
    ...(called && addresses.length > 0
      ? {
          backCommands: [
            ...addresses.map(address => `terraform state rm ${shellQuote(address)}`),
            ...copies,
            ...addresses
              .filter(address => /(^|\.)kubernetes_config_map\./.test(address))
              .map(
                address =>
                  `terraform import ${shellQuote(address)} kube-system/aws-auth  # where revision 2 creates the object`,
              ),
          ],
        }
      : {}),
  };
};
