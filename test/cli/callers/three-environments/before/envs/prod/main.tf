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

  map_roles = concat([
    {
      rolearn  = aws_iam_role.operators.arn # on call
      username = "operators"
      groups   = ["operators", "system:masters"]
    },
    ], var.break_glass ? [{
      rolearn  = "arn:aws:iam::333344445555:role/break-glass"
      username = "break-glass"
      groups   = ["system:masters"]
  }] : [])

  map_users = [
    {
      userarn  = "arn:aws:iam::333344445555:user/audit"
      username = "audit"
      groups   = ["auditors"]
    },
  ]
}

output "cluster" {
  description = "Name of the cluster"
  value       = module.platform.cluster_name
}
