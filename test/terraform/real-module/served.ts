import { compareReleases, inRange } from '../modules/releases.ts';
import { servedModules, type ServedModule } from '../registry/modules.ts';
import { openCheckout, type Checkout } from './checkout.ts';
import { schemasOf, type Schemas } from './schemas.ts';

/** The real eks module by its releases: two of 20.x, the last of 19.x, the newest of 21.x. */
export type RealModule = { releases: readonly string[]; modules: readonly ServedModule[]; schemas: Schemas };

export function realModule(path: string): RealModule {
  const eks = openCheckout(path);
  const releases = releasesOf(eks);
  return {
    releases,
    modules: [
      { id: 'terraform-aws-modules/eks/aws', versions: releases, files: eks.files },
      kmsModule,
      ...servedModules.filter(({ id }) => id !== 'terraform-aws-modules/eks/aws'),
    ],
    schemas: schemasOf([...releases.map(eks.files), ...kmsModule.versions.map(kmsModule.files)]),
  };
}

function releasesOf({ releases }: Checkout): string[] {
  const newest = releases.filter(release => inRange('>=21.0.0 <22.0.0', release)).toSorted(compareReleases);
  const wanted = ['19.21.0', '20.24.3', '20.37.2', newest.at(-1) ?? '21.0.0'];
  const missing = wanted.filter(release => !releases.includes(release));
  if (missing.length > 0) throw new Error(`EKS_MODULE_CHECKOUT has no tag v${missing.join(', v')}: git fetch --tags`);
  return wanted;
}

/**
 * What the eks module calls for its key, in the releases that it names. Terraform wants it at init, whether a key is made or not. Ours
 * is a key and its policy; any argument is taken that the eks module passes.
 */
const kmsModule: ServedModule = {
  id: 'terraform-aws-modules/kms/aws',
  versions: ['1.1.0', '2.1.0', '4.0.0'],
  files: () => new Map([['main.tf', kmsText]]),
};

const passed =
  'region description key_usage deletion_window_in_days enable_key_rotation rotation_period_in_days enable_default_policy key_owners ' +
  'key_administrators key_users key_service_users source_policy_documents override_policy_documents aliases computed_aliases tags';

const kmsText = `${passed
  .split(' ')
  .map(name => `variable "${name}" {\n  type    = any\n  default = null\n}\n`)
  .join('\n')}
variable "create" {
  type    = bool
  default = true
}

data "aws_iam_policy_document" "this" {
  statement {
    actions   = ["kms:*"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = concat(var.key_administrators, var.key_users)
    }
  }
}

resource "aws_kms_key" "this" {
  count = var.create ? 1 : 0

  description             = var.description
  deletion_window_in_days = var.deletion_window_in_days
  enable_key_rotation     = var.enable_key_rotation
  policy                  = data.aws_iam_policy_document.this.json
}

resource "aws_kms_alias" "this" {
  for_each = var.create ? var.computed_aliases : {}

  name          = "alias/\${each.value.name}"
  target_key_id = aws_kms_key.this[0].id
}

output "key_arn" {
  value = try(aws_kms_key.this[0].arn, null)
}

output "key_id" {
  value = try(aws_kms_key.this[0].id, null)
}

output "key_policy" {
  value = data.aws_iam_policy_document.this.json
}
`;
