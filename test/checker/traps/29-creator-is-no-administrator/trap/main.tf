module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name = "platform"

  access_entries = {
    developers = {
      principal_arn     = "arn:aws:iam::111122223333:role/developers"
      kubernetes_groups = ["developers"]
    }
  }
}

provider "helm" {
  kubernetes {
    host                   = module.eks.cluster_endpoint
    cluster_ca_certificate = base64decode(module.eks.cluster_certificate_authority_data)
  }
}

resource "helm_release" "metrics_server" {
  name  = "metrics-server"
  chart = "metrics-server"
}
