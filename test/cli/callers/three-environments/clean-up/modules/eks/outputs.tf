output "cluster_name" {
  description = "Name of the cluster"
  value       = module.eks.cluster_name
}

output "cluster_endpoint" {
  description = "Address of its API"
  value       = module.eks.cluster_endpoint
}
