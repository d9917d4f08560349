variables {
  roles = [{
    rolearn  = "arn:aws:iam::111122223333:role/Nodes"
    username = "system:node:{{EC2PrivateDNSName}}"
    groups   = ["system:bootstrappers", "system:nodes"]
  }]
}

run "of_a_node_group" {
  command = plan

  variables {
    node_groups = [
      { main = { iam_role_arn = "arn:aws:iam::111122223333:role/Nodes" }, none = { iam_role_arn = null } },
      { fargate = { fargate_profile_pod_execution_role_arn = "arn:aws:iam::111122223333:role/Pods" } },
    ]
  }

  assert {
    condition     = length(output.access_entries) == 0 && output.node_role_arns == toset(["arn:aws:iam::111122223333:role/nodes"])
    error_message = "EKS or the module makes the entry of a node group."
  }
}

run "of_nobody" {
  command = plan

  expect_failures = [output.node_rows]
}

run "with_a_type" {
  command = plan

  variables {
    node_types = { "arn:aws:iam::111122223333:role/Nodes" = "EC2_LINUX" }
  }

  assert {
    condition     = one(values(output.access_entries)).type == "EC2_LINUX" && length(output.node_role_arns) == 0
    error_message = "The row becomes an entry of the type that is named."
  }
}

run "with_rights_of_people" {
  command = plan

  variables {
    roles = [{
      rolearn  = "arn:aws:iam::111122223333:role/Nodes"
      username = "system:node:{{EC2PrivateDNSName}}"
      groups   = ["system:bootstrappers", "system:nodes", "viewers"]
    }]
    node_types = { "arn:aws:iam::111122223333:role/Nodes" = "EC2_LINUX" }
  }

  expect_failures = [output.access_entries]
}

run "among_rows_of_nodes_alone" {
  command = plan

  variables {
    node_rows = [{ rolearn = "arn:aws:iam::111122223333:role/Pods" }]
    node_groups = [
      { main = { iam_role_arn = "arn:aws:iam::111122223333:role/Nodes" } },
      [{ fargate_profile_pod_execution_role_arn = "arn:aws:iam::111122223333:role/Pods" }],
    ]
  }

  assert {
    condition     = length(output.access_entries) == 0 && length(output.node_role_arns) == 2
    error_message = "The entry of a Fargate profile is made by EKS."
  }
}

run "among_rows_of_nodes_alone_and_of_nobody" {
  command = plan

  variables {
    node_rows   = [{ rolearn = "arn:aws:iam::111122223333:role/Pods" }]
    node_groups = [{ main = { iam_role_arn = "arn:aws:iam::111122223333:role/Nodes" } }]
  }

  expect_failures = [output.node_rows]
}

run "of_a_principal_with_two_entries" {
  command = plan

  variables {
    node_groups = [{ main = { iam_role_arn = "arn:aws:iam::111122223333:role/Nodes" } }]
    cluster_entries = [
      { admin = { principal_arn = "arn:aws:iam::111122223333:role/Admin" } },
      [{ principal_arn = "arn:aws:iam::111122223333:role/admin" }],
    ]
  }

  expect_failures = [output.one_entry_per_principal]
}

run "of_a_node_group_whose_role_has_a_path" {
  command = plan

  variables {
    node_rows = [{ rolearn = "arn:aws:iam::111122223333:role/eks/pods" }]
    node_groups = [
      { main = { iam_role_arn = "arn:aws:iam::111122223333:role/eks/Nodes" } },
      [{ fargate_profile_pod_execution_role_arn = "arn:aws:iam::111122223333:role/Pods" }],
    ]
  }

  assert {
    condition     = length(output.node_role_arns) == 2
    error_message = "The role is one, with its path or without."
  }
}

run "beside_what_is_null" {
  command = plan

  variables {
    node_rows       = [null, { rolearn = null }, { rolearn = "" }]
    node_groups     = [null, { none = null }, { main = { iam_role_arn = "arn:aws:iam::111122223333:role/Nodes" } }]
    cluster_entries = [null, { none = null }, [{ principal_arn = null }, { principal_arn = null }]]
  }

  assert {
    condition     = length(output.node_role_arns) == 1
    error_message = "What is null is left out."
  }
}

run "whose_role_a_row_of_people_has" {
  command = plan

  variables {
    roles       = [{ rolearn = "arn:aws:iam::111122223333:role/nodes", username = "ops", groups = ["viewers"] }]
    node_groups = [{ main = { iam_role_arn = "arn:aws:iam::111122223333:role/eks/Nodes" } }]
  }

  expect_failures = [output.node_rows]
}
