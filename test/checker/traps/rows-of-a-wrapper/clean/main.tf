module "platform" {
  source = "./platform"

  access_entries = {
    developers = {
      principal_arn     = "arn:aws:iam::111122223333:role/developers"
      kubernetes_groups = ["developers"]
      user_name         = "developers"
    }
  }
}
