resource "aws_eks_cluster" "this" {
  name     = "demo"
  role_arn = "arn:aws:iam::111122223333:role/cluster"

  access_config {
    authentication_mode = "API"
  }

  vpc_config {
    subnet_ids = var.subnets
  }
}

resource "aws_eks_access_entry" "audit" {
  cluster_name  = aws_eks_cluster.this.name
  principal_arn = "arn:aws:iam::111122223333:role/audit"
}

resource "aws_eks_access_policy_association" "audit" {
  cluster_name  = aws_eks_cluster.this.name
  principal_arn = aws_eks_access_entry.audit.principal_arn
  policy_arn    = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy"

  access_scope {
    type = "cluster"
  }
}
