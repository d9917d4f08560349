module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name = "platform"

  self_managed_node_groups = {
    blue = {
      create_iam_instance_profile = false
      iam_instance_profile_arn    = aws_iam_instance_profile.nodes.arn
      iam_role_arn                = aws_iam_role.nodes.arn
    }

    green = {
      create_iam_instance_profile = false
      iam_instance_profile_arn    = aws_iam_instance_profile.nodes.arn
      iam_role_arn                = aws_iam_role.nodes.arn
    }
  }
}

resource "aws_iam_role" "nodes" {
  name               = "platform-nodes"
  assume_role_policy = file("${path.module}/ec2.json")
}

resource "aws_iam_instance_profile" "nodes" {
  name = "platform-nodes"
  role = aws_iam_role.nodes.name
}
