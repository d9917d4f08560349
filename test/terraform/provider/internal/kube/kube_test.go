package kube

import (
	"errors"
	"strings"
	"testing"

	"standin/internal/eks"
	"standin/internal/world"
)

const (
	account = "arn:aws:iam::111122223333:"
	runner  = account + "role/ci/runner"
	key     = "kube-system/aws-auth"
	policy  = "arn:aws:eks::aws:cluster-access-policy/"
	masters = "- rolearn: arn:aws:iam::111122223333:role/Runner\n  username: ci\n  groups: [system:masters]\n"
)

func newWorld(mode, mapRoles string, entry *world.Entry) *world.World {
	c := &world.Cluster{Mode: mode, Entries: map[string]*world.Entry{}}
	if entry != nil {
		c.Entries[runner] = entry
	}
	w := &world.World{Runner: runner, Clusters: map[string]*world.Cluster{"c": c}, ConfigMaps: map[string]*world.ConfigMap{}}
	w.Options.EnforceKubernetesRead = true
	if mapRoles != "" {
		w.ConfigMaps[key] = &world.ConfigMap{Data: map[string]string{"mapRoles": mapRoles}}
	}
	return w
}

func TestWhoMayReadAndWrite(t *testing.T) {
	entry := func(policies ...world.Policy) *world.Entry { return &world.Entry{Username: "ci", Policies: policies} }
	clusterAdmin := world.Policy{Arn: policy + "AmazonEKSClusterAdminPolicy", ScopeType: "cluster"}
	view := world.Policy{Arn: policy + "AmazonEKSViewPolicy", ScopeType: "namespace", Namespaces: []string{"kube-*"}}
	elsewhere := world.Policy{Arn: policy + "AmazonEKSAdminPolicy", ScopeType: "namespace", Namespaces: []string{"dev"}}
	for _, c := range []struct {
		what, mode, mapRoles string
		entry                *world.Entry
		read, write          bool
	}{
		{"a row without the path, another case", "CONFIG_MAP", masters, nil, true, true},
		{"a row with the path never matches", "CONFIG_MAP", strings.Replace(masters, "role/", "role/ci/", 1), nil, false, false},
		{"the last row of a role wins", "CONFIG_MAP", masters + strings.Replace(masters, "system:masters", "viewers", 1), nil, false, false},
		{"nobody", "CONFIG_MAP", "", nil, false, false},
		{"YAML that cannot be read", "CONFIG_MAP", masters + "- [", nil, false, false},
		{"rows count with both", "API_AND_CONFIG_MAP", masters, nil, true, true},
		{"rows do not count with the API alone", "API", masters, nil, false, false},
		{"an entry hides the row", "API_AND_CONFIG_MAP", masters, entry(), false, false},
		{"an entry with the policy", "API", "", entry(clusterAdmin), true, true},
		{"an entry does nothing in CONFIG_MAP", "CONFIG_MAP", "", entry(clusterAdmin), false, false},
		{"view", "API", "", entry(view), true, false},
		{"another namespace", "API", "", entry(elsewhere), false, false},
	} {
		w := newWorld(c.mode, c.mapRoles, c.entry)
		for verb, want := range map[string]bool{"get": c.read, "patch": c.write} {
			err := Allow(w, Caller{}, verb, key)
			if (err == nil) != want || (err != nil && !strings.Contains(err.Error(), `configmaps "aws-auth" is forbidden: User "`)) {
				t.Errorf("%s, %s: %v", c.what, verb, err)
			}
		}
	}
}

func TestTheCreatorsHiddenRight(t *testing.T) {
	w := newWorld("CONFIG_MAP", "", nil)
	w.Clusters["c"].Creator = runner
	if err := Allow(w, Caller{}, "patch", key); err != nil {
		t.Error(err)
	}
	if err := Allow(w, Caller{Arn: account + "role/else"}, "patch", key); err == nil {
		t.Error("another caller was let in")
	}
	w.Clusters["c"].Mode = "API_AND_CONFIG_MAP"
	if err := Allow(w, Caller{}, "patch", key); err == nil {
		t.Error("with the API only an entry counts")
	}
}

func TestWhere(t *testing.T) {
	w := newWorld("API", "", nil)
	w.Options = world.Options{EnforceKubernetesHost: true}
	if err := Allow(w, Caller{}, "get", key); err == nil || !strings.Contains(err.Error(), "connection refused") {
		t.Errorf("got %v", err)
	}
	w.Clusters = nil
	if err := Allow(w, Caller{Host: "https://gone"}, "get", key); err == nil || !strings.Contains(err.Error(), "no such host") {
		t.Errorf("got %v", err)
	}
}

func TestConfigMaps(t *testing.T) {
	w := newWorld("CONFIG_MAP", "", nil)
	if err := Apply(w, key, nil, true); !errors.Is(err, ErrNotFound) {
		t.Errorf("got %v", err)
	}
	if err := Create(w, key, map[string]string{"mapRoles": "by hand", "other": "x"}, nil); err != nil {
		t.Fatal(err)
	}
	if err := Create(w, key, nil, nil); err == nil || !strings.Contains(err.Error(), `"aws-auth" already exists`) {
		t.Errorf("got %v", err)
	}
	data := map[string]string{"mapRoles": "ours", "mapUsers": "ours"}
	if err := Apply(w, key, data, false); !errors.Is(err, ErrConflict) {
		t.Errorf("got %v", err)
	}
	if err := Apply(w, key, data, true); err != nil {
		t.Fatal(err)
	}
	if got := w.ConfigMaps[key]; strings.Join(got.Owned, " ") != "mapRoles mapUsers" || len(got.Data) != 3 {
		t.Errorf("%+v", got)
	}
	if err := Apply(w, key, nil, false); err != nil {
		t.Fatal(err)
	}
	if got := w.ConfigMaps[key]; len(got.Data) != 1 || got.Data["other"] != "x" || len(got.Owned) != 0 {
		t.Errorf("owned keys go, the object and the others stay: %+v", got)
	}
	if err := Delete(w, key); err != nil || len(w.ConfigMaps) != 0 {
		t.Errorf("%v %v", err, w.ConfigMaps)
	}
}

func TestConfigMapsPerCluster(t *testing.T) {
	w := &world.World{Region: "eu-west-1", Clusters: map[string]*world.Cluster{"blue": {}, "green": {}}}
	green := Caller{Host: eks.Endpoint(w, "green")}
	if key := KeyAt(w, green, "kube-system/aws-auth"); key != "kube-system/aws-auth" {
		t.Errorf("without the option: %s", key)
	}
	w.Options.ConfigMapsPerCluster = true
	if key := KeyAt(w, green, "kube-system/aws-auth"); key != "green/kube-system/aws-auth" {
		t.Errorf("with the option: %s", key)
	}
}
