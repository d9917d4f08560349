provider "kubernetes" {
  host = module.platform.cluster_endpoint
}
