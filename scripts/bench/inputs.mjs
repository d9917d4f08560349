// What the commands are measured on. It is written as `terraform fmt` would write it, so that checking its format ends without findings.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const row = index => `
    {
      rolearn  = "arn:aws:iam::111122223333:role/team-${index}"
      username = "team-${index}"
      groups   = [${index % 2 === 0 ? '"system:masters"' : `"team-${index}"`}]
    },`;

const rootModule = rows => `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name = "bench"
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "~> 20.0"

  manage_aws_auth_configmap = true

  aws_auth_roles = [${Array.from({ length: rows }, (_, index) => row(index)).join('')}
  ]
}
`;

/** A file that has nothing to do with access. */
const bucket = index => `resource "aws_s3_bucket" "logs" {
  bucket = "logs-${index}"

  tags = {
    Team = "platform"
  }
}
`;

/** A monorepo: five files for each root module, and a cluster in one of fifty files. */
const monorepo = Object.fromEntries(
  Array.from({ length: 2000 }, (_, index) => [
    `root-${Math.floor(index / 5)}/file-${index}.tf`,
    index % 50 === 0 ? rootModule(20) : bucket(index),
  ]),
);

/** Writes all inputs into a directory, and returns the path of each. */
export const writeInputs = scratch => {
  const directory = (name, files) => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(scratch, name, path)), { recursive: true });
      writeFileSync(join(scratch, name, path), text);
    }
    return join(scratch, name);
  };
  const rows = count => directory(`rows-${count}`, { 'main.tf': rootModule(count) });
  return {
    noInterest: join(directory('no-interest', { 'main.tf': bucket(0) }), 'main.tf'),
    rows20: rows(20),
    rows1500: rows(1500),
    rows3000: rows(3000),
    rows20000: rows(20000),
    monorepo: directory('monorepo', monorepo),
  };
};
