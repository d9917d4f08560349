terraform {
  required_version = ">= 1.3"   #: <20.8.3
  required_version = ">= 1.3.2" #: >=20.8.3

  required_providers {
    kubernetes = {
      source  = "hashicorp/kubernetes"
      version = ">= 2.20"
    }
  }
}
