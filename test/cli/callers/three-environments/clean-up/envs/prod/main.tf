variable "break_glass" {
  description = "Let the break-glass role in"
  type        = bool
  default     = false
}

resource "aws_iam_role" "operators" {
  name               = "eks-operators"
  assume_role_policy = data.aws_iam_policy_document.operators.json
}

data "aws_iam_policy_document" "operators" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::333344445555:root"]
    }
  }
}

module "platform" {
  source = "../../modules/eks"

  cluster_name = "prod"
  vpc_id       = "vpc-0123456789abcdef0"
  subnet_ids   = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]

  access_entries = merge(
    {
      # on call
      operators = {
        principal_arn     = aws_iam_role.operators.arn
        type              = "STANDARD"
        kubernetes_groups = ["operators"]
        user_name         = "operators"
        policy_associations = {
          cluster_admin = {
            policy_arn = "arn:${split(":", aws_iam_role.operators.arn)[1]}:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"
            access_scope = {
              type       = "cluster"
              namespaces = []
            }
          }
        }
      }
      audit = {
        principal_arn       = "arn:aws:iam::333344445555:user/audit"
        type                = "STANDARD"
        kubernetes_groups   = ["auditors"]
        user_name           = "audit"
        policy_associations = {}
      }
    },
    var.break_glass ? {
      break_glass = {
        principal_arn     = "arn:aws:iam::333344445555:role/break-glass"
        type              = "STANDARD"
        kubernetes_groups = []
        user_name         = "break-glass"
        policy_associations = {
          cluster_admin = {
            policy_arn = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"
            access_scope = {
              type       = "cluster"
              namespaces = []
            }
          }
        }
      }
    } : {},
  )
}

output "cluster" {
  description = "Name of the cluster"
  value       = module.platform.cluster_name
}
