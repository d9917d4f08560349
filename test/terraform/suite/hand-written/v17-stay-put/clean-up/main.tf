# The cluster of 2020. Its module is frozen: see docs/decisions/0031.md
module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "17.24.0"

  cluster_name    = "legacy"
  cluster_version = "1.21"
  vpc_id          = module.network.vpc_id
  subnets         = module.network.private_subnets

  iam_path = "/eks/"

  node_groups = {
    apps = {
      desired_capacity = 3
      max_capacity     = 10
      min_capacity     = 3
      instance_types   = ["m5.large"]
    }
  }

  worker_groups = [
    {
      name          = "ingress"
      instance_type = "c5.large"
      asg_max_size  = 4
    },
  ]

  fargate_profiles = {
    jobs = {
      selectors = [{ namespace = "jobs" }]
    }
  }

  manage_aws_auth = false
}

resource "aws_iam_role" "jenkins" {
  name               = "jenkins"
  assume_role_policy = file("${path.module}/trust.json")
}

module "network" {
  source = "./network"
}

data "aws_eks_cluster" "cluster" {
  name = module.eks.cluster_id
}

data "aws_eks_cluster_auth" "cluster" {
  name = module.eks.cluster_id
}

provider "kubernetes" {
  host                   = data.aws_eks_cluster.cluster.endpoint
  cluster_ca_certificate = base64decode(data.aws_eks_cluster.cluster.certificate_authority.0.data)
  token                  = data.aws_eks_cluster_auth.cluster.token
}

output "worker_role" {
  value = module.eks.worker_iam_role_arn
}
