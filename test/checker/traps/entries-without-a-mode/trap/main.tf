resource "aws_eks_cluster" "this" {
  name     = "demo"
  role_arn = "arn:aws:iam::111122223333:role/demo-cluster"

  vpc_config {
    subnet_ids = var.subnet_ids
  }
}

resource "aws_eks_access_entry" "platform" {
  cluster_name      = aws_eks_cluster.this.name
  principal_arn     = "arn:aws:iam::111122223333:role/platform"
  kubernetes_groups = ["platform"]
}
