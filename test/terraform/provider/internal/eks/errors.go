// Package eks holds the service's rules, as functions on a world. Each says where the rule comes from:
//
//	user guide          docs.aws.amazon.com/eks/latest/userguide/<page>.html
//	API reference       docs.aws.amazon.com/eks/latest/APIReference
//	cdk-preflight       github.com/badmintoncryer/cdk-preflight, rules/eks: errors measured on the real API
//	NAME#NUMBER         a public report or change on GitHub: terraform-aws-modules/terraform-aws-eks,
//	                    hashicorp/terraform-provider-aws, aws/containers-roadmap,
//	                    kubernetes-sigs/aws-iam-authenticator, pulumi/pulumi-eks
//
// A message marked "our words" has no public source: tests should match its code, not its text.
package eks

import (
	"fmt"

	"standin/internal/world"
)

func fail(status int, code, format string, args ...any) error {
	return &world.APIError{Service: "EKS", Status: status, Code: code, Message: fmt.Sprintf(format, args...)}
}

func invalidParameter(format string, args ...any) error {
	return fail(400, "InvalidParameterException", format, args...)
}

func invalidRequest(format string, args ...any) error {
	return fail(400, "InvalidRequestException", format, args...)
}

func notFound(format string, args ...any) error {
	return fail(404, "ResourceNotFoundException", format, args...)
}

func inUse(format string, args ...any) error {
	return fail(409, "ResourceInUseException", format, args...)
}

// NotFound is how providers tell a thing that is gone from a call that failed.
func NotFound(err error) bool { return world.IsCode(err, "ResourceNotFoundException") }
