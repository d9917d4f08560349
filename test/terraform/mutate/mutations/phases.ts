import { replace } from '../edits.ts';
import type { Mutation } from '../mutation.ts';

/** What a phase leaves out, or takes back. */
export const ofPhases: readonly Mutation[] = [
  {
    name: 'aws-auth not moved out of the cluster\u2019s module',
    seldom: true,
    of: 'inline/v19-literal',
    from: 'split-aws-auth',
    edit: replace(/\nmoved \{\n {2}from = module\.eks\.kubernetes_config_map_v1_data[^]*?\n\}\n/, ''),
  },
  {
    name: 'aws-auth still created once it is removed',
    seldom: true,
    of: 'shapes/configmap-created-and-managed',
    from: 'remove-aws-auth',
    only: true,
    edit: replace('create_aws_auth_configmap = false', 'create_aws_auth_configmap = true'),
  },
  {
    name: 'aws-auth still managed once it is removed',
    of: 'examples/quickstart',
    from: 'remove-aws-auth',
    only: true,
    edit: replace('manage_aws_auth_configmap = false', 'manage_aws_auth_configmap = true'),
  },
  {
    name: 'clean-up takes the mode back',
    seldom: true,
    of: 'examples/quickstart',
    from: 'clean-up',
    edit: replace('"API"', '"API_AND_CONFIG_MAP"'),
  },
  {
    name: 'clean-up takes a look-up along that an entry reads',
    seldom: true,
    of: 'reference/without-sso-region',
    from: 'clean-up',
    edit: replace(/\ndata "aws_iam_roles" "platform_admin" \{[^]*?\n\}\n/, '\n'),
  },
  {
    name: 'the API is never reached',
    of: 'examples/quickstart',
    from: 'api-only',
    edit: replace('"API"', '"API_AND_CONFIG_MAP"'),
  },
];
