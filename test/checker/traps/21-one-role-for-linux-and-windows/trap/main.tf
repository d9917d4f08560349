module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name = "platform"

  eks_managed_node_groups = {
    linux = {
      create_iam_role = false
      iam_role_arn    = aws_iam_role.linux.arn
    }

    windows = {
      ami_type        = "WINDOWS_CORE_2022_x86_64"
      platform        = "windows"
      create_iam_role = false
      iam_role_arn    = aws_iam_role.linux.arn
    }
  }
}

resource "aws_iam_role" "linux" {
  name               = "platform-linux-nodes"
  assume_role_policy = file("${path.module}/ec2.json")
}
