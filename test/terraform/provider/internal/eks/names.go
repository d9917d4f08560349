package eks

import "strings"

// User guide, creating-access-entries and set-custom-username, for user names; for groups measured
// by cdk-preflight, pf-eks-accessentry-groups-reserved-prefix.
var reservedPrefixes = []string{"system:", "eks:", "aws:", "amazon:", "iam:"}

func reservedPrefix(name string) string {
	for _, prefix := range reservedPrefixes {
		if strings.HasPrefix(name, prefix) {
			return prefix
		}
	}
	return ""
}

// checkUsername: the prefix's message is cdk-preflight's, pf-eks-accessentry-username-reserved-prefix;
// the rule about the colon is the user guide's (set-custom-username), its message our words.
func checkUsername(username string) error {
	if prefix := reservedPrefix(username); prefix != "" {
		return invalidParameter("The username must not begin with %s", prefix)
	}
	for _, template := range []string{"{{SessionName}}", "{{SessionNameRaw}}"} {
		before, _, found := strings.Cut(username, template)
		if found && !strings.Contains(before, ":") {
			return invalidParameter("The specified username is invalid: a colon must come before %s", template)
		}
	}
	return nil
}

// checkGroups: message of terraform-aws-eks#2915. It comes before the cluster is looked up
// (cdk-preflight, same rule).
func checkGroups(groups []string) error {
	for _, group := range groups {
		if prefix := reservedPrefix(group); prefix != "" {
			return invalidParameter("The kubernetes group name %s is invalid, it cannot start with %s", group, prefix)
		}
	}
	return nil
}

// defaultUsername is what the service generates when none is given: user guide, creating-access-entries.
// For the EC2 type no page says it; it is taken to be that of the other node types.
func defaultUsername(kind string, p principal) string {
	switch kind {
	case "EC2_LINUX", "EC2_WINDOWS", "EC2":
		return "system:node:{{EC2PrivateDNSName}}"
	case "FARGATE_LINUX", "HYBRID_LINUX":
		return "system:node:{{SessionName}}"
	}
	if p.kind == "role" {
		return "arn:" + p.partition + ":sts::" + p.account + ":assumed-role/" + p.name + "/{{SessionName}}"
	}
	return p.arn
}
