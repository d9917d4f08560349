run "an_administrator" {
  command = plan

  variables {
    roles = [{ rolearn = "arn:aws:iam::111122223333:role/Admins", username = "admins", groups = ["system:masters"] }]
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

run "the_last_row_counts_and_roles_beat_users" {
  command = plan

  variables {
    roles = [
      { rolearn = "arn:aws:iam::111122223333:role/dev", username = "dev", groups = ["system:masters"] },
      { rolearn = "arn:aws:iam::111122223333:role/Dev", username = "dev", groups = ["viewers"] },
    ]
    users = [{ userarn = "arn:aws:iam::111122223333:role/dev", username = "dev", groups = ["editors"] }]
  }

  assert {
    condition     = length(output.access_entries) == 1
    error_message = "A principal has one entry."
  }

  assert {
    condition     = join(",", output.access_entries["arn:aws:iam::111122223333:role/dev"].kubernetes_groups) == "viewers"
    error_message = "The last row of the roles counts."
  }
}

run "what_grants_nothing" {
  command = plan

  variables {
    roles = [
      null,
      { rolearn = null, username = "none", groups = ["viewers"] },
      { username = "none" },
      { rolearn = "arn:aws:iam::111122223333:role/dev", username = "dev", groups = ["viewers", "", "system:authenticated"], description = "Developers" },
    ]
  }

  assert {
    condition     = keys(output.access_entries) == ["arn:aws:iam::111122223333:role/dev"]
    error_message = "A row without an ARN is left out."
  }

  assert {
    condition     = join(",", output.access_entries["arn:aws:iam::111122223333:role/dev"].kubernetes_groups) == "viewers"
    error_message = "An empty group grants nothing, and everybody has system:authenticated."
  }
}

run "rows_that_no_entry_can_stand_for" {
  command = plan

  variables {
    roles = [{ rolearn = "arn:aws:iam::111122223333:role/ops", username = "ops", groups = ["system:nodes-admin"] }]
  }

  expect_failures = [output.access_entries]
}

run "a_user_has_no_session" {
  command = plan

  variables {
    users = [{ userarn = "arn:aws:iam::111122223333:user/bob", username = "dev:{{SessionName}}", groups = ["viewers"] }]
  }

  expect_failures = [output.access_entries]
}

run "groups_that_are_no_list" {
  command = plan

  variables {
    roles = [{ rolearn = "arn:aws:iam::111122223333:role/ops", username = "ops", groups = "viewers" }]
  }

  expect_failures = [output.access_entries]
}

run "accounts" {
  command = plan

  variables {
    accounts = ["111122223333"]
  }

  expect_failures = [output.access_entries]
}

run "a_role_with_its_path" {
  command = plan

  variables {
    roles = [{ rolearn = "arn:aws:iam::111122223333:role/teams/ops", username = "ops", groups = ["viewers"] }]
  }

  expect_failures = [output.access_entries]
}

run "paths_that_are_taken_off_later" {
  command = plan

  variables {
    roles            = [{ rolearn = "arn:aws:iam::111122223333:role/dev", username = "dev", groups = ["viewers"] }]
    roles_with_paths = [{ rolearn = "arn:aws:iam::111122223333:role/teams/ops", username = "ops", groups = ["viewers"] }]
  }

  assert {
    condition     = output.access_entries["arn:aws:iam::111122223333:role/teams/ops"].principal_arn == "arn:aws:iam::111122223333:role/teams/ops"
    error_message = "The entry has the path."
  }
}

run "identity_center" {
  command = plan

  variables {
    roles    = [{ rolearn = "arn:aws:iam::111122223333:role/AWSReservedSSO_Ops_0123456789abcdef", username = "ops:{{SessionName}}", groups = ["ops"] }]
    sso_path = "/aws-reserved/sso.amazonaws.com/eu-west-1/"
  }

  assert {
    condition     = one(values(output.access_entries)).principal_arn == "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Ops_0123456789abcdef"
    error_message = "The entry has the path that aws-auth leaves out."
  }
}

run "identity_center_of_another_account" {
  command = plan

  variables {
    roles = [
      { rolearn = "arn:aws:iam::111122223333:role/dev", username = "dev", groups = ["viewers"] },
      { rolearn = "arn:aws:iam::444455556666:role/AWSReservedSSO_Ops_0123456789abcdef", username = "ops", groups = ["ops"] },
    ]
    sso_path = "/aws-reserved/sso.amazonaws.com/eu-west-1/"
  }

  assert {
    condition     = output.access_entries["arn:aws:iam::444455556666:role/awsreservedsso_ops_0123456789abcdef"].principal_arn == "arn:aws:iam::444455556666:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Ops_0123456789abcdef"
    error_message = "The path is that of Identity Center, in each account of its organization."
  }
}

run "a_role_in_both_lists_of_roles" {
  command = plan

  variables {
    roles            = [{ rolearn = "arn:aws:iam::111122223333:role/ops", username = "ops", groups = ["viewers"] }]
    roles_with_paths = [{ rolearn = "arn:aws:iam::111122223333:role/ops", username = "ops", groups = ["editors"] }]
  }

  expect_failures = [output.access_entries]
}
