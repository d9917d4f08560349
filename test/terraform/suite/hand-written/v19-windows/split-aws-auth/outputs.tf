output "karpenter_controller_role_arn" {
  value = module.karpenter.iam_role_arn
}

output "karpenter_instance_profile" {
  value = module.karpenter.instance_profile_name
}
