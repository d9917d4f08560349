variables {
  admin = {
    rolearn  = "arn:aws:iam::111122223333:role/Admins"
    username = "admins"
    groups   = ["system:masters"]
  }
}

run "an_admin" {
  command = plan

  variables {
    roles = [var.admin]
  }

  assert {
    condition     = output.access_entries["arn:aws:iam::111122223333:role/admins"].principal_arn == "arn:aws:iam::111122223333:role/Admins"
    error_message = "The key is in lower case, the principal as it is written."
  }

  assert {
    condition     = output.access_entries["arn:aws:iam::111122223333:role/admins"].policy_associations.cluster_admin.policy_arn == "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"
    error_message = "system:masters becomes AmazonEKSClusterAdminPolicy."
  }
}
