module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name = "platform"

  enable_cluster_creator_admin_permissions = true

  access_entries = {
    developers = {
      principal_arn     = "arn:aws:iam::111122223333:role/developers"
      kubernetes_groups = ["developers"]
    }

    platform = {
      principal_arn = one(data.aws_iam_roles.platform.arns)

      policy_associations = {
        admin = {
          policy_arn   = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"
          access_scope = { type = "cluster" }
        }
      }
    }
  }

  depends_on = [module.vpc]
}

module "vpc" {
  source  = "terraform-aws-modules/vpc/aws"
  version = "5.8.1"

  name = "platform"
}

data "aws_iam_roles" "platform" {
  name_regex  = "AWSReservedSSO_Platform_.*"
  path_prefix = "/aws-reserved/sso.amazonaws.com/"

  depends_on = [aws_ssoadmin_account_assignment.platform]
}

resource "aws_ssoadmin_account_assignment" "platform" {
  instance_arn       = "arn:aws:sso:::instance/ssoins-0123456789abcdef"
  permission_set_arn = "arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-0123456789abcdef"
  principal_id       = "0123456789-0123456789"
  principal_type     = "GROUP"
  target_id          = "111122223333"
  target_type        = "AWS_ACCOUNT"
}
