import { expect, test } from '@jest/globals';
import { schemasOf } from './schemas.ts';

const main = `data "aws_ami" "this" {
  count = var.create ? 1 : 0

  most_recent = true

  filter {
    name   = "name"
    values = ["amazon-\${var.version}"]
  }
}

resource "aws_launch_template" "this" {
  for_each = var.groups

  name     = each.key
  image_id = coalesce(each.value.ami, nonsensitive(data.aws_ssm_parameter.this[0].value), data.aws_ami.this[0].image_id)

  dynamic "placement" {
    for_each = each.value.placement
    iterator = item

    content {
      tenancy = item.value.tenancy
    }
  }

  lifecycle {
    create_before_destroy = true
  }
}

data "aws_ssm_parameter" "this" {
  name = "image"
}
`;
const outputs =
  'output "version" {\n  value = { for k, v in var.groups : k => aws_launch_template.this[k].latest_version }\n}\n';

const schemas = schemasOf([
  new Map([
    ['main.tf', main],
    ['modules/group/outputs.tf', outputs],
    ['README.md', 'aws_launch_template.this.arn'],
  ]),
  new Map([['main.tf', 'resource "aws_launch_template" "that" {\n  key_name = "k"\n}\n']]),
]);

test('arguments and blocks that are written, in any release; attributes that are read', () => {
  expect(schemas.resources['aws_launch_template']).toEqual({
    arguments: ['name', 'image_id', 'key_name'],
    lists: [],
    reads: ['latest_version'],
    blocks: { placement: { arguments: ['tenancy'], lists: [], reads: [], blocks: {} } },
    values: { latest_version: 1, default_version: 1 },
    renewed: ['latest_version'],
    sensitive: [],
  });
});

test('a block of a data source says which arguments are lists', () => {
  expect(schemas.data['aws_ami']).toMatchObject({
    arguments: ['most_recent'],
    reads: ['image_id'],
    blocks: { filter: { arguments: ['name', 'values'], lists: ['values'] } },
  });
});

test('what the text takes a mark off is sensitive', () => {
  expect(schemas.data['aws_ssm_parameter']).toMatchObject({ reads: ['value'], sensitive: ['value'] });
});
