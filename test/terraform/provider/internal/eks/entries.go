package eks

import (
	"slices"
	"sort"

	"standin/internal/world"
)

// maxEntries: AWS General Reference, Amazon EKS endpoints and quotas. It cannot be raised.
const maxEntries = 3000

type EntryInput struct {
	Cluster, Principal, Type, Username string
	Groups                             []string
}

func CreateEntry(w *world.World, in EntryInput) error {
	if in.Type == "" {
		in.Type = "STANDARD"
	}
	if err := checkGroups(in.Groups); err != nil {
		return err
	}
	if err := checkUsername(in.Username); err != nil {
		return err
	}
	c, err := entriesOf(w, in.Cluster)
	if err != nil {
		return err
	}
	p, err := checkPrincipal(w, in.Principal)
	if err != nil {
		return err
	}
	if err := checkType(w, in, p); err != nil {
		return err
	}
	if _, taken := c.Entries[in.Principal]; taken {
		// API reference; terraform-aws-eks#2933.
		return inUse("The specified access entry resource is already in use on this cluster.")
	}
	if len(c.Entries) >= maxEntries {
		return fail(400, "ResourceLimitExceededException", "Cluster has reached the limit of %d access entries", maxEntries) // our words
	}
	add(c, p, in, "terraform")
	return nil
}

// checkType: messages of cdk-preflight, pf-eks-accessentry-node-type-*. The user guide says the same of
// all node types ("only STANDARD"); the measurements are of EC2_LINUX and EC2_WINDOWS.
func checkType(w *world.World, in EntryInput, p principal) error {
	if in.Type == "STANDARD" {
		return nil
	}
	if !isNodeType(in.Type) {
		return invalidParameter("The specified type is invalid: %s", in.Type) // our words
	}
	if in.Username != "" {
		return invalidParameter(`The specified username is invalid: setting username is not allowed when the type is "%s"`, in.Type)
	}
	if len(in.Groups) > 0 {
		return invalidParameter(`The specified kubernetesGroups is invalid: setting kubernetesGroups is not allowed when the type is "%s"`, in.Type)
	}
	return checkNodePrincipal(w, p)
}

func add(c *world.Cluster, p principal, in EntryInput, by string) *world.Entry {
	e := &world.Entry{Type: in.Type, Username: in.Username, Groups: sorted(in.Groups), By: by}
	if e.Username == "" {
		e.Username = defaultUsername(in.Type, p)
	}
	if isNodeType(in.Type) {
		e.Groups = []string{"system:nodes"} // shown by describe-access-entry: terraform-aws-eks#2896
	}
	c.Entries[p.arn] = e
	return e
}

// UpdateEntry sets both fields: what a caller leaves out goes back to its default (terraform-provider-aws#36484).
// On a node entry the generated user name, sent back, is refused: terraform-aws-eks#2896.
func UpdateEntry(w *world.World, cluster, arn, username string, groups []string) error {
	if err := checkGroups(groups); err != nil {
		return err
	}
	if err := checkUsername(username); err != nil {
		return err
	}
	e, err := Entry(w, cluster, arn)
	if err != nil {
		return err
	}
	p, _ := parsePrincipal(arn)
	if err := checkType(w, EntryInput{Type: e.Type, Username: username, Groups: groups}, p); err != nil {
		return err
	}
	if e.Type != "STANDARD" {
		return nil
	}
	e.Username, e.Groups = username, sorted(groups)
	if username == "" {
		e.Username = defaultUsername(e.Type, p)
	}
	return nil
}

// DeleteEntry takes the policy associations along: user guide, deleting-access-entries.
func DeleteEntry(w *world.World, cluster, arn string) error {
	if _, err := Entry(w, cluster, arn); err != nil {
		return err
	}
	delete(w.Clusters[cluster].Entries, arn)
	return nil
}

// Entry describes one. It fails in CONFIG_MAP mode like every entry call.
func Entry(w *world.World, cluster, arn string) (*world.Entry, error) {
	c, err := entriesOf(w, cluster)
	if err != nil {
		return nil, err
	}
	if e, ok := c.Entries[arn]; ok {
		return e, nil
	}
	return nil, notFound("The specified principalArn could not be found.")
}

func sorted(names []string) []string {
	names = slices.Clone(names)
	sort.Strings(names)
	return slices.Compact(names)
}
