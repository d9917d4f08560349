terraform {
  required_version = ">= 0.13.1" #: <19.0.0
  required_version = ">= 1.0"    #: >=19.0.0 <20.0.0
  required_version = ">= 1.3"   #: >=20.0.0 <20.8.3
  required_version = ">= 1.3.2" #: >=20.8.3 <21.0.0
  required_version = ">= 1.5.7" #: >=21.0.0

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 3.72"          #: <19.0.0
      version = ">= 4.45"          #: >=19.0.0 <19.1.0
      version = ">= 4.47"          #: >=19.1.0 <19.17.0
      version = ">= 4.57"          #: >=19.17.0 <20.0.0
      version = ">= 5.34"          #: >=20.0.0 <20.4.0
      version = ">= 5.38"          #: >=20.4.0 <20.5.3
      version = ">= 5.40"          #: >=20.5.3 <20.17.0
      version = ">= 5.57"          #: >=20.17.0 <20.18.0
      version = ">= 5.58"          #: >=20.18.0 <20.21.0
      version = ">= 5.61"          #: >=20.21.0 <20.25.0
      version = ">= 5.70"          #: >=20.25.0 <20.27.0
      version = ">= 5.74"          #: >=20.27.0 <20.29.0
      version = ">= 5.75"          #: >=20.29.0 <20.31.0
      version = ">= 5.79"          #: >=20.31.0 <20.31.3
      version = ">= 5.81"          #: >=20.31.3 <20.33.0
      version = ">= 5.83"          #: >=20.33.0 <20.36.0
      version = ">= 5.95"          #: >=20.36.0 <20.37.1
      version = ">= 5.95, < 6.0.0" #: >=20.37.1 <21.0.0
      version = ">= 6.0"           #: >=21.0.0 <21.1.0
      version = ">= 6.9"           #: >=21.1.0 <21.3.0
      version = ">= 6.13"          #: >=21.3.0 <21.3.2
      version = ">= 6.15"          #: >=21.3.2 <21.9.0
      version = ">= 6.20"          #: >=21.9.0 <21.10.1
      version = ">= 6.23"          #: >=21.10.1 <21.12.0
      version = ">= 6.28"          #: >=21.12.0
    }
    #: begin >=19.0.0
    time = {
      source  = "hashicorp/time"
      version = ">= 0.9"
    }
    #: end
    #: begin <20.0.0
    kubernetes = {
      source  = "hashicorp/kubernetes"
      version = ">= 2.10"
    }
    #: end
  }
}
