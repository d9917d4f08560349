#: begin >=20.31.0
# No access entry: the caller writes a HYBRID_LINUX one.
resource "aws_iam_role" "this" {
  count = var.create ? 1 : 0

  name        = var.use_name_prefix ? null : var.name
  name_prefix = var.use_name_prefix ? "${var.name}-" : null
  path        = var.path

  assume_role_policy = jsonencode({ Service = "ssm.amazonaws.com" })
}
#: end
