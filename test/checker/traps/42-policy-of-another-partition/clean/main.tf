module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name = "platform"

  access_entries = {
    platform = {
      principal_arn = "arn:aws-cn:iam::111122223333:role/platform"

      policy_associations = {
        admin = {
          policy_arn   = "arn:aws-cn:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"
          access_scope = { type = "cluster" }
        }
      }
    }

    developers = {
      principal_arn = aws_iam_role.developers.arn

      policy_associations = {
        view = {
          policy_arn   = "arn:aws-cn:eks::aws:cluster-access-policy/AmazonEKSViewPolicy"
          access_scope = { type = "cluster" }
        }
      }
    }
  }
}

provider "aws" {
  region = "cn-north-1"
}

resource "aws_iam_role" "developers" {
  name               = "developers"
  assume_role_policy = file("${path.module}/trust.json")
}
