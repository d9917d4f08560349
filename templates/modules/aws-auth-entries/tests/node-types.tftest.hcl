variables {
  roles = [{
    rolearn  = "arn:aws:iam::111122223333:role/nodes"
    username = "system:node:{{EC2PrivateDNSName}}"
    groups   = ["system:bootstrappers", "system:nodes"]
  }]
}

run "of_a_role_of_people" {
  command = plan

  variables {
    roles      = [{ rolearn = "arn:aws:iam::111122223333:role/ops", username = "ops", groups = ["system:masters"] }]
    node_types = { "arn:aws:iam::111122223333:role/Ops" = "EC2_LINUX" }
  }

  expect_failures = [output.access_entries]
}

run "of_a_role_of_people_with_its_path" {
  command = plan

  variables {
    roles      = [{ rolearn = "arn:aws:iam::111122223333:role/ops", username = "ops", groups = ["viewers"] }]
    node_types = { "arn:aws:iam::111122223333:role/teams/ops" = "EC2_LINUX" }
  }

  expect_failures = [output.access_entries]
}

run "of_a_role_of_a_node_group" {
  command = plan

  variables {
    node_types  = { "arn:aws:iam::111122223333:role/nodes" = "EC2_LINUX" }
    node_groups = [{ main = { iam_role_arn = "arn:aws:iam::111122223333:role/Nodes" } }]
  }

  expect_failures = [output.node_rows]
}

run "of_a_role_with_its_path" {
  command = plan

  variables {
    node_types = { "arn:aws:iam::111122223333:role/eks/nodes" = "EC2" }
  }

  assert {
    condition     = one(values(output.access_entries)).principal_arn == "arn:aws:iam::111122223333:role/eks/nodes" && length(output.node_role_arns) == 0
    error_message = "aws-auth has the role without the path that its entry has."
  }
}

run "standard" {
  command = plan

  variables {
    node_types = { "arn:aws:iam::111122223333:role/nodes" = "STANDARD" }
  }

  expect_failures = [var.node_types]
}

run "that_the_provider_does_not_take" {
  command = plan

  variables {
    node_types = { "arn:aws:iam::111122223333:role/nodes" = "HYPERPOD_LINUX" }
  }

  expect_failures = [var.node_types]
}

run "that_is_null" {
  command = plan

  variables {
    node_types = { "arn:aws:iam::111122223333:role/nodes" = null }
  }

  expect_failures = [var.node_types]
}

run "of_a_user" {
  command = plan

  variables {
    node_types = { "arn:aws:iam::111122223333:user/nodes" = "EC2_LINUX" }
  }

  expect_failures = [var.node_types]
}

run "of_one_role_twice" {
  command = plan

  variables {
    node_types = {
      "arn:aws:iam::111122223333:role/nodes"     = "EC2_LINUX"
      "arn:aws:iam::111122223333:role/eks/nodes" = "EC2_LINUX"
    }
  }

  expect_failures = [var.node_types]
}
