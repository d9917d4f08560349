module "platform" {
  source = "./platform"

  map_roles = [
    {
      rolearn  = "arn:aws:iam::111122223333:role/developers"
      username = "developers"
      groups   = ["developers"]
    },
  ]
}
