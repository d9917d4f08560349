// Package kube is the cluster's side: who a caller is, what they may do, and the config maps.
package kube

import (
	"strings"

	"gopkg.in/yaml.v3"

	"standin/internal/eks"
	"standin/internal/world"
)

// Identity is what the authenticator makes of a caller.
type Identity struct {
	Username string
	Groups   []string
	Policies []world.Policy
	Via      string // entry, creator, aws-auth; empty is nobody
}

// Identify asks in the order of the mode: an entry hides the aws-auth row of its principal, groups are
// never merged (containers-roadmap#185; user guide, migrating-access-entries).
func Identify(w *world.World, c *world.Cluster, arn string) Identity {
	if c.Mode != "CONFIG_MAP" {
		if e, ok := c.Entries[arn]; ok {
			return Identity{Username: e.Username, Groups: e.Groups, Policies: e.Policies, Via: "entry"}
		}
	} else if arn == c.Creator && eks.HasCreatorRight(w, c) {
		return Identity{Username: "kubernetes-admin", Groups: []string{"system:masters"}, Via: "creator"}
	}
	if m := w.ConfigMaps[keyIn(w, c, "kube-system/aws-auth")]; m != nil && c.Mode != "API" {
		return mapped(m.Data, withoutPath(arn))
	}
	return Identity{}
}

// withoutPath: a role reaches the authenticator by its session, which does not know the path; a user's
// ARN keeps it (aws-iam-authenticator, pkg/arn/arn.go).
func withoutPath(arn string) string {
	before, path, ok := strings.Cut(arn, ":role/")
	if !ok {
		return arn
	}
	return before + ":role/" + path[strings.LastIndex(path, "/")+1:]
}

// mapped looks an ARN up as aws-iam-authenticator does (pkg/mapper/configmap): roles before users, in a
// list the last row of an ARN wins, case does not count.
func mapped(data map[string]string, arn string) Identity {
	for _, l := range [][2]string{{"mapRoles", "rolearn"}, {"mapUsers", "userarn"}} {
		found := Identity{}
		for _, row := range rows(data[l[0]]) {
			if who, _ := row[l[1]].(string); strings.EqualFold(who, arn) {
				found = Identity{Via: "aws-auth"}
				found.Username, _ = row["username"].(string)
				groups, _ := row["groups"].([]any)
				for _, group := range groups {
					if name, ok := group.(string); ok {
						found.Groups = append(found.Groups, name)
					}
				}
			}
		}
		if found.Via != "" {
			return found
		}
	}
	return Identity{}
}

// rows: YAML that cannot be read is an empty list, keys are compared without case.
func rows(text string) []map[string]any {
	var parsed []map[string]any
	if yaml.Unmarshal([]byte(text), &parsed) != nil {
		return nil
	}
	for i, row := range parsed {
		lower := map[string]any{}
		for key, value := range row {
			lower[strings.ToLower(key)] = value
		}
		parsed[i] = lower
	}
	return parsed
}
