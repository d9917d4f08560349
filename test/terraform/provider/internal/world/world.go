// Package world is the stand-in's cloud: one JSON file that both providers, each a process of its
// own, read and write under a lock, and that tests prepare and look into.
package world

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sort"
)

// World is everything there is. Fields that it does not know at the top level are kept as they are.
type World struct {
	Account         string                `json:"account"`
	Partition       string                `json:"partition"`
	Region          string                `json:"region"`
	Runner          string                `json:"runner"`
	Principals      []string              `json:"principals"`
	Options         Options               `json:"options"`
	ClusterDefaults *ClusterDefaults      `json:"clusterDefaults,omitempty"`
	Clusters        map[string]*Cluster   `json:"clusters"`
	ConfigMaps      map[string]*ConfigMap `json:"configMaps"`
	Faults          []*Fault              `json:"faults"`
	Delays          []Delay               `json:"delays"`
	Calls           []Call                `json:"calls"`

	unknown map[string]json.RawMessage
}

// Options choose between the behaviours that sources disagree about, or that depend on a cluster's age.
type Options struct {
	// Which node entries EKS makes by itself: all, none, miss-fargate, windows-as-linux. Empty is all.
	NodeEntriesAtSwitch string `json:"nodeEntriesAtSwitch,omitempty"`
	// Whether the creator has an admin right: hidden while the mode is CONFIG_MAP, then an entry. Absent is true.
	CreatorEntry *bool `json:"creatorEntry,omitempty"`
	// Whether Kubernetes asks who calls.
	EnforceKubernetesRead bool `json:"enforceKubernetesRead,omitempty"`
	// Whether a kubernetes provider without an address fails, as the real one does on a host not known yet.
	EnforceKubernetesHost bool `json:"enforceKubernetesHost,omitempty"`
	// Whether each cluster has config maps of its own, under "<cluster>/<namespace>/<name>".
	ConfigMapsPerCluster bool `json:"configMapsPerCluster,omitempty"`
}

// ClusterDefaults go into each cluster that Terraform creates.
type ClusterDefaults struct {
	Creator   string     `json:"creator,omitempty"`
	NodeRoles []NodeRole `json:"nodeRoles,omitempty"`
}

type Cluster struct {
	Mode      string            `json:"mode"`
	Creator   string            `json:"creator"`
	Bootstrap *bool             `json:"bootstrap,omitempty"` // bootstrapClusterCreatorAdminPermissions; absent is true
	Version   string            `json:"version,omitempty"`
	NodeRoles []NodeRole        `json:"nodeRoles"`
	Entries   map[string]*Entry `json:"entries"`
}

type NodeRole struct {
	Arn  string `json:"arn"`
	Kind string `json:"kind"` // managed, fargate, windows (managed, too), self-managed
}

type Entry struct {
	Type     string   `json:"type"`
	Username string   `json:"username"`
	Groups   []string `json:"groups"`
	Policies []Policy `json:"policies"`
	By       string   `json:"by"` // eks, terraform, hand
}

type Policy struct {
	Arn        string   `json:"arn"`
	ScopeType  string   `json:"scopeType"`
	Namespaces []string `json:"namespaces"`
}

type ConfigMap struct {
	Data   map[string]string `json:"data"`
	Owned  []string          `json:"owned"` // keys whose field manager is "Terraform"
	Labels map[string]string `json:"labels,omitempty"`
}

// Path is the file that the environment names.
func Path() (string, error) {
	path := os.Getenv("STANDIN_WORLD")
	if path == "" {
		return "", fmt.Errorf("stand-in: STANDIN_WORLD must name the world's JSON file")
	}
	return path, nil
}

// Parse reads a world and fills what is missing, so that a test writes down only what it is about.
func Parse(text []byte) (*World, error) {
	w := &World{}
	if err := json.Unmarshal(text, w); err != nil {
		return nil, fmt.Errorf("stand-in: the world cannot be read: %w", err)
	}
	if err := json.Unmarshal(text, &w.unknown); err != nil {
		return nil, err
	}
	fill(&w.Account, "111122223333")
	fill(&w.Partition, "aws")
	fill(&w.Region, "eu-west-1")
	fill(&w.Runner, fmt.Sprintf("arn:%s:iam::%s:role/ci", w.Partition, w.Account))
	if w.Clusters == nil {
		w.Clusters = map[string]*Cluster{}
	}
	if w.ConfigMaps == nil {
		w.ConfigMaps = map[string]*ConfigMap{}
	}
	for _, c := range w.Clusters {
		fill(&c.Mode, "CONFIG_MAP")
		if c.Entries == nil {
			c.Entries = map[string]*Entry{}
		}
	}
	return w, nil
}

func fill(field *string, value string) {
	if *field == "" {
		*field = value
	}
}

// Format writes a world: two spaces, sorted, lists never null.
func (w *World) Format() ([]byte, error) {
	list(&w.Principals)
	list(&w.Faults)
	list(&w.Delays)
	list(&w.Calls)
	for _, c := range w.Clusters {
		list(&c.NodeRoles)
		for _, e := range c.Entries {
			list(&e.Groups)
			list(&e.Policies)
			for i := range e.Policies {
				list(&e.Policies[i].Namespaces)
			}
		}
	}
	for _, m := range w.ConfigMaps {
		list(&m.Owned)
		sort.Strings(m.Owned)
		if m.Data == nil {
			m.Data = map[string]string{}
		}
	}
	known, err := encode(w)
	if err != nil {
		return nil, err
	}
	all := map[string]json.RawMessage{}
	for name, value := range w.unknown {
		all[name] = value
	}
	if err := json.Unmarshal(known, &all); err != nil {
		return nil, err
	}
	return encode(all)
}

func list[T any](l *[]T) {
	if *l == nil {
		*l = []T{}
	}
}

// encode does not escape < and >, which stand in role session templates and YAML.
func encode(value any) ([]byte, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(value)
	return out.Bytes(), err
}

func load(path string) (*World, []byte, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, nil, fmt.Errorf("stand-in: %w", err)
	}
	w, err := Parse(text)
	return w, text, err
}

// save goes through a rename: a process that is killed leaves the old world or the new one.
func save(path string, w *World) error {
	text, err := w.Format()
	if err != nil {
		return err
	}
	temporary := filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+".new")
	if err := os.WriteFile(temporary, text, 0o644); err != nil {
		return err
	}
	return os.Rename(temporary, path)
}
