package eks

import (
	"slices"
	"strings"

	"standin/internal/world"
)

type principal struct {
	arn, partition, account string
	kind                    string // role, user, root
	name                    string // without the path
}

// parsePrincipal takes the ARNs that an access entry can have. Everything else, STS session ARNs and
// IAM groups among them, is not a principal (API reference, CreateAccessEntry; user guide, auth-configmap).
func parsePrincipal(arn string) (principal, bool) {
	parts := strings.SplitN(arn, ":", 6)
	if len(parts) != 6 || parts[0] != "arn" || parts[2] != "iam" || parts[3] != "" {
		return principal{}, false
	}
	p := principal{arn: arn, partition: parts[1], account: parts[4]}
	resource := strings.Split(parts[5], "/")
	p.kind, p.name = resource[0], resource[len(resource)-1]
	known := p.kind == "role" || p.kind == "user"
	return p, (known && len(resource) > 1 && p.name != "") || parts[5] == "root"
}

// checkPrincipal: an entry needs the ARN as IAM has it, path included, of a principal that exists
// (user guide, creating-access-entries; message of terraform-aws-eks#2969). Service-linked roles
// are refused by the shape of the ARN (terraform-provider-aws#36447), and the account's root is
// accepted though it has no effect (aws-iam-authenticator#797).
func checkPrincipal(w *world.World, arn string) (principal, error) {
	if strings.Contains(arn, ":role/aws-service-role/") {
		return principal{}, invalidParameter("The caller is not allowed to modify access entries with a principalArn value of a Service Linked Role")
	}
	p, ok := parsePrincipal(arn)
	if !ok || p.partition != w.Partition || !exists(w, p) {
		return p, invalidParameter("The specified principalArn is invalid: invalid principal.")
	}
	return p, nil
}

// exists counts the runner and the clusters' creators in: a world need not repeat them.
func exists(w *world.World, p principal) bool {
	if p.kind == "root" || p.arn == w.Runner || slices.Contains(w.Principals, p.arn) {
		return true
	}
	for _, c := range w.Clusters {
		if c.Creator == p.arn {
			return true
		}
	}
	return false
}

var nodeTypes = []string{"EC2_LINUX", "EC2_WINDOWS", "FARGATE_LINUX", "HYBRID_LINUX", "EC2"}

func isNodeType(kind string) bool { return slices.Contains(nodeTypes, kind) }

// checkNodePrincipal: messages of cdk-preflight, pf-eks-accessentry-principal-arn-account and
// pf-eks-accessentry-node-type-requires-role.
func checkNodePrincipal(w *world.World, p principal) error {
	all := "[" + strings.Join(nodeTypes, ", ") + "]"
	if p.kind != "role" {
		return invalidParameter("AccessEntry principalArn must be IAM role when using types %s", all)
	}
	if p.account != w.Account {
		return invalidParameter("AccessEntry principalArn must be from the same account as the cluster when using types %s", all)
	}
	return nil
}
