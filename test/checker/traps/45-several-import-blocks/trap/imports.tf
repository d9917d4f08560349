import {
  to = module.eks.aws_eks_access_entry.this["platform"]
  id = "platform:arn:aws:iam::111122223333:role/platform"
}

import {
  to = module.eks.aws_eks_access_entry.this["developers"]
  id = "platform:arn:aws:iam::111122223333:role/developers"
}
