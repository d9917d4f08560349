removed {
  from = module.eks.kubernetes_config_map_v1_data.aws_auth
}
