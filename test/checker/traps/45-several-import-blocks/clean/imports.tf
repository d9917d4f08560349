import {
  for_each = {
    platform   = "platform:arn:aws:iam::111122223333:role/platform"
    developers = "platform:arn:aws:iam::111122223333:role/developers"
  }

  to = module.eks.aws_eks_access_entry.this[each.key]
  id = each.value
}
