package eks

import (
	"crypto/sha256"
	"fmt"
	"slices"

	"standin/internal/world"
)

// modes in the order in which a cluster can move, one step at a time and never back: user guide,
// setting-up-access-entries; AWS containers blog, "A deep dive into simplified Amazon EKS access management controls".
var modes = []string{"CONFIG_MAP", "API_AND_CONFIG_MAP", "API"}

const clusterAdmin = "AmazonEKSClusterAdminPolicy"

type ClusterInput struct {
	Name, Mode, Version, Creator string
	Bootstrap                    bool
}

func Cluster(w *world.World, name string) (*world.Cluster, error) {
	if c, ok := w.Clusters[name]; ok {
		return c, nil
	}
	return nil, notFound("No cluster found for name: %s.", name)
}

// entriesOf is a cluster whose mode has the API: message of terraform-aws-eks#3048.
func entriesOf(w *world.World, name string) (*world.Cluster, error) {
	c, err := Cluster(w, name)
	if err == nil && c.Mode == "CONFIG_MAP" {
		err = invalidRequest("The cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP] to perform this operation.")
	}
	return c, err
}

// CreateCluster: the default mode and flag are the API's (API reference, CreateAccessConfigRequest), the
// message about the flag is that of terraform-aws-eks#3206.
func CreateCluster(w *world.World, in ClusterInput) error {
	if in.Mode == "" {
		in.Mode = "CONFIG_MAP"
	}
	if in.Mode == "CONFIG_MAP" && !in.Bootstrap {
		return invalidParameter("bootstrapClusterCreatorAdminPermissions must be true if cluster authentication mode is set to CONFIG_MAP")
	}
	if !slices.Contains(modes, in.Mode) {
		return invalidParameter("Unsupported authentication mode %s", in.Mode) // our words
	}
	if _, taken := w.Clusters[in.Name]; taken {
		return inUse("Cluster already exists with name: %s", in.Name)
	}
	c := &world.Cluster{Mode: in.Mode, Creator: in.Creator, Bootstrap: &in.Bootstrap, Version: in.Version, Entries: map[string]*world.Entry{}}
	if d := w.ClusterDefaults; d != nil {
		c.NodeRoles = slices.Clone(d.NodeRoles)
		if d.Creator != "" {
			c.Creator = d.Creator
		}
	}
	w.Clusters[in.Name] = c
	if in.Mode != "CONFIG_MAP" {
		addCreator(w, c)
		addNodes(w, c)
	}
	return nil
}

// SetMode: message of pulumi-eks#1493.
func SetMode(w *world.World, name, mode string) error {
	c, err := Cluster(w, name)
	if err != nil {
		return err
	}
	if mode == c.Mode {
		return nil
	}
	if slices.Index(modes, mode) != slices.Index(modes, c.Mode)+1 {
		return invalidParameter("Unsupported authentication mode update from %s to %s", c.Mode, mode)
	}
	before := c.Mode
	c.Mode = mode
	if before == "CONFIG_MAP" {
		addCreator(w, c)
		addNodes(w, c)
	}
	return nil
}

// DeleteCluster takes everything in the cluster along, its config maps too.
func DeleteCluster(w *world.World, name string) error {
	if _, err := Cluster(w, name); err != nil {
		return err
	}
	delete(w.Clusters, name)
	if len(w.Clusters) == 0 {
		w.ConfigMaps = map[string]*world.ConfigMap{}
	}
	return nil
}

// HasCreatorRight: without the bootstrap flag the creator gets nothing (API reference,
// CreateAccessConfigRequest). While the mode is CONFIG_MAP the right is there but shown nowhere; with the
// API it is an entry that can be seen and deleted (user guide, access-entries).
func HasCreatorRight(w *world.World, c *world.Cluster) bool {
	return (c.Bootstrap == nil || *c.Bootstrap) && (w.Options.CreatorEntry == nil || *w.Options.CreatorEntry)
}

func addCreator(w *world.World, c *world.Cluster) {
	p, ok := parsePrincipal(c.Creator)
	if _, taken := c.Entries[c.Creator]; taken || !ok || !HasCreatorRight(w, c) {
		return
	}
	e := add(c, p, EntryInput{Type: "STANDARD"}, "eks")
	e.Policies = []world.Policy{{Arn: "arn:" + w.Partition + ":eks::aws:cluster-access-policy/" + clusterAdmin, ScopeType: "cluster"}}
}

// Endpoint is where the cluster's Kubernetes is said to be; nothing listens there.
func Endpoint(w *world.World, name string) string {
	return "https://" + Digest(name) + ".gr7." + w.Region + ".eks.amazonaws.com"
}

// Digest makes the letters and digits that AWS puts into generated ids, the same for the same name.
func Digest(name string) string {
	return fmt.Sprintf("%X", sha256.Sum256([]byte(name)))[:32]
}
