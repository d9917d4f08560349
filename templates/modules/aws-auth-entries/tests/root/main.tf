resource "terraform_data" "new" {}

module "entries" {
  source = "../.."

  roles = [
    { rolearn = "arn:aws:iam::111122223333:role/dev", username = "dev-${terraform_data.new.id}", groups = ["viewers"] },
    { rolearn = "arn:aws:iam::111122223333:role/ops", username = "ops", groups = ["system:masters"] },
  ]
}

module "set" {
  source = "../.."

  roles = toset([{ rolearn = "arn:aws:iam::111122223333:role/dev", username = "dev", groups = toset(["viewers"]) }])
}

module "groups" {
  source = "../.."

  roles = [{ rolearn = "arn:aws:iam::111122223333:role/dev", username = "dev", groups = [terraform_data.new.id] }]
}

resource "terraform_data" "entries" {
  for_each = module.entries.access_entries
}

resource "terraform_data" "groups" {
  for_each = module.groups.access_entries
}

# What the eks module makes of the policies.
resource "terraform_data" "policies" {
  for_each = merge([
    for principal, entry in module.entries.access_entries : {
      for name, policy in entry.policy_associations : "${principal}_${name}" => policy
    }
  ]...)
}

output "principals" {
  value = toset(keys(terraform_data.entries))
}

output "known_username" {
  value = module.entries.access_entries["arn:aws:iam::111122223333:role/ops"].user_name
}

output "groups_of_a_set" {
  value = join(",", one(values(module.set.access_entries)).kubernetes_groups)
}
