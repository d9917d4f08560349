package eks

import (
	"slices"

	"standin/internal/world"
)

// AddNodeRole is what creating a managed node group or a Fargate profile does to a cluster's access.
func AddNodeRole(w *world.World, cluster string, role world.NodeRole) error {
	c, err := Cluster(w, cluster)
	if err != nil {
		return err
	}
	if !slices.Contains(c.NodeRoles, role) {
		c.NodeRoles = append(c.NodeRoles, role)
	}
	if c.Mode != "CONFIG_MAP" {
		addNodes(w, c)
	}
	return nil
}

// RemoveNodeRole leaves the entry: EKS does not delete it with the node group (containers-roadmap#2631,
// terraform-aws-eks#3047).
func RemoveNodeRole(w *world.World, cluster string, role world.NodeRole) {
	if c, ok := w.Clusters[cluster]; ok {
		c.NodeRoles = slices.DeleteFunc(c.NodeRoles, func(r world.NodeRole) bool { return r == role })
	}
}

// addNodes makes the entries that EKS makes by itself, for managed node groups and Fargate profiles only
// (containers-roadmap#185). What exists stays. Sources disagree on whether it always happens, hence
// the option: none at all (eksctl documentation), a Fargate profile missed (terraform-aws-eks#2912),
// Windows nodes typed as Linux (containers-roadmap#2327).
func addNodes(w *world.World, c *world.Cluster) {
	option := w.Options.NodeEntriesAtSwitch
	for _, role := range c.NodeRoles {
		kind := map[string]string{"managed": "EC2_LINUX", "windows": "EC2_WINDOWS", "fargate": "FARGATE_LINUX"}[role.Kind]
		if option == "windows-as-linux" && kind == "EC2_WINDOWS" {
			kind = "EC2_LINUX"
		}
		p, ok := parsePrincipal(role.Arn)
		_, taken := c.Entries[role.Arn]
		if kind == "" || !ok || taken || option == "none" || (option == "miss-fargate" && role.Kind == "fargate") {
			continue
		}
		add(c, p, EntryInput{Type: kind}, "eks")
	}
}
