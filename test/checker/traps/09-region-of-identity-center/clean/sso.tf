data "aws_iam_roles" "auditors" {
  name_regex  = "AWSReservedSSO_Auditors_.*"
  path_prefix = "/aws-reserved/sso.amazonaws.com/"
}
