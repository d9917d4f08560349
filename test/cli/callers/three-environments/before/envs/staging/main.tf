locals {
  # Who may sign in to staging.
  staging_roles = [
    {
      rolearn  = "arn:aws:iam::222233334444:role/release-managers"
      username = "release-managers"
      groups   = ["release"]
    },
    {
      rolearn  = "arn:aws:iam::222233334444:role/ci"
      username = "ci"
      groups   = ["system:masters"]
    },
  ]
}

module "platform" {
  source = "../../modules/eks"

  cluster_name = "staging"
  vpc_id       = "vpc-0aa1bb2cc3dd4ee5f"
  subnet_ids   = ["subnet-0f1e2d3c4b5a69788", "subnet-0796857463524130f"]

  map_roles = local.staging_roles
}
