terraform {
  backend "s3" {
    bucket = "demo-terraform-state"
    key    = "demo-eks-cluster/terraform.tfstate"
    region = "ap-northeast-2"
  }
}
