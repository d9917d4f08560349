package kube

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"standin/internal/eks"
	"standin/internal/world"
)

// Caller is who stands behind a kubernetes provider, and where it thinks the cluster is.
type Caller struct {
	Arn  string // empty: the runner
	Host string
}

// Who may read or write config maps by an access policy: user guide, access-policy-permissions.
var (
	readers = []string{"AmazonEKSClusterAdminPolicy", "AmazonEKSAdminPolicy", "AmazonEKSAdminViewPolicy", "AmazonEKSEditPolicy", "AmazonEKSViewPolicy"}
	writers = []string{"AmazonEKSClusterAdminPolicy", "AmazonEKSAdminPolicy", "AmazonEKSEditPolicy"}
)

// Allow fails unless the caller may do this to a config map. RBAC bindings of custom groups are not
// modelled: only system:masters and access policies count.
func Allow(w *world.World, caller Caller, verb, key string) error {
	namespace, name, _ := strings.Cut(key, "/")
	url := fmt.Sprintf("%s/api/v1/namespaces/%s/configmaps/%s", caller.Host, namespace, name)
	if w.Options.EnforceKubernetesHost && caller.Host == "" {
		return fmt.Errorf(`Get "http://localhost%s": dial tcp 127.0.0.1:80: connect: connection refused`, url)
	}
	c := clusterAt(w, caller.Host)
	if c == nil {
		return fmt.Errorf("Get %q: dial tcp: lookup: no such host", url)
	}
	if !w.Options.EnforceKubernetesRead {
		return nil
	}
	arn := caller.Arn
	if arn == "" {
		arn = w.Runner
	}
	who := Identify(w, c, arn)
	if may(who, verb, namespace) {
		return nil
	}
	username := who.Username
	if who.Via == "" {
		username = "system:anonymous"
	}
	return fmt.Errorf(`configmaps "%s" is forbidden: User "%s" cannot %s resource "configmaps" in API group "" in the namespace "%s"`,
		name, username, verb, namespace)
}

// KeyAt is where a caller's config map is kept.
func KeyAt(w *world.World, caller Caller, key string) string {
	if c := clusterAt(w, caller.Host); c != nil {
		return keyIn(w, c, key)
	}
	return key
}

func keyIn(w *world.World, c *world.Cluster, key string) string {
	for name, other := range w.Clusters {
		if other == c && w.Options.ConfigMapsPerCluster {
			return name + "/" + key
		}
	}
	return key
}

// clusterAt: with one cluster every address is taken to be its own, so that a test may leave it out.
func clusterAt(w *world.World, host string) *world.Cluster {
	for name, c := range w.Clusters {
		if len(w.Clusters) == 1 || eks.Endpoint(w, name) == host {
			return c
		}
	}
	return nil
}

func may(who Identity, verb, namespace string) bool {
	if slices.Contains(who.Groups, "system:masters") {
		return true
	}
	allowed := writers
	if verb == "get" {
		allowed = readers
	}
	return slices.ContainsFunc(who.Policies, func(p world.Policy) bool {
		_, name, _ := strings.Cut(p.Arn, "/")
		inScope := p.ScopeType == "cluster" || slices.ContainsFunc(p.Namespaces, func(pattern string) bool {
			matches, _ := path.Match(pattern, namespace)
			return matches
		})
		return inScope && slices.Contains(allowed, name)
	})
}
