run "without_an_arn_in_any_way" {
  command = plan

  variables {
    roles = [{ rolearn = "", username = "none", groups = ["viewers"] }]
    users = [{ userarn = "", username = "none", groups = ["viewers"] }]
  }

  assert {
    condition     = length(output.access_entries) == 0
    error_message = "The authenticator drops a row whose ARN is empty."
  }
}

run "a_group_that_is_null" {
  command = plan

  variables {
    roles = [{ rolearn = "arn:aws:iam::111122223333:role/dev", username = "dev", groups = [null, "viewers"] }]
  }

  assert {
    condition     = join(",", one(values(output.access_entries)).kubernetes_groups) == "viewers"
    error_message = "A group that is null is one without a name."
  }
}

run "groups_in_an_object" {
  command = plan

  variables {
    roles = [{ rolearn = "arn:aws:iam::111122223333:role/ops", username = "ops", groups = { a = "system:masters" } }]
  }

  expect_failures = [output.access_entries]
}

run "a_group_that_is_a_number" {
  command = plan

  variables {
    roles = [{ rolearn = "arn:aws:iam::111122223333:role/ops", username = "ops", groups = ["viewers", 1] }]
  }

  expect_failures = [output.access_entries]
}

run "a_username_that_is_a_boolean" {
  command = plan

  variables {
    roles = [{ rolearn = "arn:aws:iam::111122223333:role/ops", username = true, groups = ["viewers"] }]
  }

  expect_failures = [output.access_entries]
}

run "an_arn_with_a_wildcard" {
  command = plan

  variables {
    roles = [{ rolearn = "arn:aws:iam::111122223333:role/A*", username = "ops", groups = ["viewers"] }]
  }

  expect_failures = [output.access_entries]
}

run "an_arn_with_a_blank" {
  command = plan

  variables {
    users = [{ userarn = "arn:aws:iam::111122223333:user/ana ", username = "ana", groups = ["viewers"] }]
  }

  expect_failures = [output.access_entries]
}

run "an_arn_without_a_name" {
  command = plan

  variables {
    users = [{ userarn = "arn:aws:iam::111122223333:user/people/", username = "ana", groups = ["viewers"] }]
  }

  expect_failures = [output.access_entries]
}

run "an_arn_that_is_no_string" {
  command = plan

  variables {
    roles = [{ rolearn = ["arn:aws:iam::111122223333:role/ops"], username = "ops", groups = ["viewers"] }]
  }

  expect_failures = [output.access_entries]
}

run "a_row_that_is_a_string" {
  command = plan

  variables {
    roles = ["arn:aws:iam::111122223333:role/ops"]
  }

  expect_failures = [output.access_entries]
}

run "a_row_that_is_a_list" {
  command = plan

  variables {
    users = [["arn:aws:iam::111122223333:user/ana", "ana"]]
  }

  expect_failures = [output.access_entries]
}

run "rows_in_an_object" {
  command = plan

  variables {
    roles = { ops = { rolearn = "arn:aws:iam::111122223333:role/ops", username = "ops", groups = ["viewers"] } }
  }

  expect_failures = [output.access_entries]
}

run "a_permission_set_beside_the_arn" {
  command = plan

  variables {
    roles = [{
      rolearn  = "arn:aws:iam::111122223333:role/ops"
      sso      = { permissionSetName = "Ops", accountID = "111122223333" }
      username = "ops"
      groups   = ["viewers"]
    }]
  }

  expect_failures = [output.access_entries]
}

run "a_permission_set_alone" {
  command = plan

  variables {
    roles = [{ SSO = { permissionSetName = "Ops", accountID = "111122223333" }, username = "ops", groups = ["viewers"] }]
  }

  expect_failures = [output.access_entries]
}

run "no_permission_set" {
  command = plan

  variables {
    roles = [{ rolearn = "arn:aws:iam::111122223333:role/ops", sso = null, username = "ops", groups = ["viewers"] }]
  }

  assert {
    condition     = length(output.access_entries) == 1
    error_message = "A key that is null is none to the authenticator."
  }
}

run "the_user_name_of_nodes_and_rights_of_an_administrator" {
  command = plan

  variables {
    roles = [{ rolearn = "arn:aws:iam::111122223333:role/ops", username = "system:node:{{EC2PrivateDNSName}}", groups = ["system:masters"] }]
  }

  expect_failures = [output.access_entries]
}

run "groups_of_nodes_and_the_user_name_of_a_person" {
  command = plan

  variables {
    roles = [{ rolearn = "arn:aws:iam::111122223333:role/ops", username = "ops", groups = ["system:bootstrappers", "system:nodes"] }]
  }

  expect_failures = [output.access_entries]
}

run "values_of_the_apply_and_of_functions" {
  command = plan

  module {
    source = "./tests/root"
  }

  assert {
    condition     = output.principals == toset(["arn:aws:iam::111122223333:role/dev", "arn:aws:iam::111122223333:role/ops"])
    error_message = "Which entries there are does not depend on a user name that only the apply knows."
  }

  assert {
    condition     = output.known_username == "ops"
    error_message = "What is known of other rows stays known."
  }

  assert {
    condition     = output.groups_of_a_set == "viewers"
    error_message = "A set becomes a list in aws-auth."
  }
}

run "identity_center_without_the_suffix" {
  command = plan

  variables {
    roles = [{ rolearn = "arn:aws:iam::111122223333:role/AWSReservedSSO_Ops", username = "ops", groups = ["ops"] }]
  }

  expect_failures = [output.access_entries]
}

run "identity_center_without_the_suffix_and_with_the_path" {
  command = plan

  variables {
    roles    = [{ rolearn = "arn:aws:iam::111122223333:role/AWSReservedSSO_Ops", username = "ops", groups = ["ops"] }]
    sso_path = "/aws-reserved/sso.amazonaws.com/eu-west-1/"
  }

  expect_failures = [output.access_entries]
}
