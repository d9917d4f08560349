package eks

import (
	"regexp"
	"slices"
	"strings"

	"standin/internal/world"
)

// accessPolicies is a capture of `aws eks list-access-policies` from 2026; the list grows.
var accessPolicies = strings.Fields(`
AIDevOpsAgentAccessPolicy AmazonAIOpsAssistantPolicy AmazonARCRegionSwitchScalingPolicy AmazonEKSACKPolicy
AmazonEKSAdminPolicy AmazonEKSAdminViewPolicy AmazonEKSArgoCDClusterPolicy AmazonEKSArgoCDPolicy
AmazonEKSAutoNodePolicy AmazonEKSBlockStorageClusterPolicy AmazonEKSBlockStoragePolicy
AmazonEKSClusterAdminPolicy AmazonEKSComputeClusterPolicy AmazonEKSComputePolicy AmazonEKSEditPolicy
AmazonEKSEventPolicy AmazonEKSHybridPolicy AmazonEKSKROPolicy AmazonEKSLoadBalancingClusterPolicy
AmazonEKSLoadBalancingPolicy AmazonEKSNetworkingClusterPolicy AmazonEKSNetworkingPolicy
AmazonEKSPodIdentityPolicy AmazonEKSSecretAdminPolicy AmazonEKSSecretReaderPolicy AmazonEKSViewPolicy
AmazonEMRJobPolicy AmazonSagemakerHyperpodClusterPolicy AmazonSagemakerHyperpodControllerPolicy
AmazonSagemakerHyperpodSpacePolicy AmazonSagemakerHyperpodSpaceTemplatePolicy
AmazonSagemakerHyperpodSystemNamespacePolicy AmazonSagemakerHyperpodUserClusterPolicy`)

// policyArn has neither a region nor an account: user guide, access-policies.
var policyArn = regexp.MustCompile(`^arn:([a-z-]+):eks::aws:cluster-access-policy/(\w+)$`)

// AssociatePolicy gives an entry a policy, or the policy it has another scope: user guide, access-policies.
func AssociatePolicy(w *world.World, cluster, arn string, policy world.Policy) error {
	// Messages of cdk-preflight, pf-eks-accessentry-policy-arn-* and -scope-*.
	match := policyArn.FindStringSubmatch(policy.Arn)
	if match == nil {
		return invalidParameter("The policyArn parameter format is not valid")
	}
	if err := checkScope(policy); err != nil {
		return err
	}
	e, err := Entry(w, cluster, arn)
	if err != nil {
		return err
	}
	if match[1] != w.Partition || !slices.Contains(accessPolicies, match[2]) {
		return notFound("The specified policyArn could not be found.")
	}
	// The EC2 type (Auto Mode) does take policies: user guide, create-node-class.
	if e.Type != "STANDARD" && e.Type != "EC2" {
		return invalidRequest(`This operation can only be performed on Access Entries with a type of "STANDARD"`)
	}
	policy.Namespaces = sorted(policy.Namespaces)
	if i := find(e, policy.Arn); i >= 0 {
		e.Policies[i] = policy
		return nil
	}
	e.Policies = append(e.Policies, policy)
	return nil
}

func checkScope(policy world.Policy) error {
	switch {
	case policy.ScopeType == "namespace" && len(policy.Namespaces) == 0:
		return invalidParameter("At least 1 namespace must be provided if the type is set as namespace")
	case policy.ScopeType == "cluster" && len(policy.Namespaces) > 0:
		return invalidParameter("accessScope should not include namespaces if the type is not set as namespace")
	case policy.ScopeType != "namespace" && policy.ScopeType != "cluster":
		return invalidParameter("The specified accessScope type is invalid: %s", policy.ScopeType) // our words
	}
	return nil
}

func DisassociatePolicy(w *world.World, cluster, arn, policy string) error {
	e, err := Entry(w, cluster, arn)
	if err != nil {
		return err
	}
	i := find(e, policy)
	if i < 0 {
		return notFound("The specified policyArn could not be found.")
	}
	e.Policies = slices.Delete(e.Policies, i, i+1)
	return nil
}

// AssociatedPolicy is the association of one policy, or a not-found error.
func AssociatedPolicy(w *world.World, cluster, arn, policy string) (world.Policy, error) {
	e, err := Entry(w, cluster, arn)
	if err != nil {
		return world.Policy{}, err
	}
	if i := find(e, policy); i >= 0 {
		return e.Policies[i], nil
	}
	return world.Policy{}, notFound("The specified policyArn could not be found.")
}

func find(e *world.Entry, arn string) int {
	return slices.IndexFunc(e.Policies, func(p world.Policy) bool { return p.Arn == arn })
}
