package eks

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"standin/internal/world"
)

func TestModes(t *testing.T) {
	for _, c := range []struct {
		from, to string
		ok       bool
	}{
		{"CONFIG_MAP", "API_AND_CONFIG_MAP", true}, {"API_AND_CONFIG_MAP", "API", true}, {"API", "API", true},
		{"CONFIG_MAP", "API", false}, {"API", "API_AND_CONFIG_MAP", false}, {"API", "CONFIG_MAP", false}, {"API_AND_CONFIG_MAP", "CONFIG_MAP", false},
	} {
		want := "Unsupported authentication mode update from " + c.from + " to " + c.to
		if c.ok {
			want = ""
		}
		check(t, c.from+" "+c.to, SetMode(newWorld(t, c.from), "c", c.to), want)
	}
}

func TestCreateCluster(t *testing.T) {
	w := newWorld(t, "API")
	check(t, "name taken", CreateCluster(w, ClusterInput{Name: "c", Bootstrap: true}), "StatusCode: 409")
	check(t, "flag", CreateCluster(w, ClusterInput{Name: "d", Mode: "CONFIG_MAP"}), "bootstrapClusterCreatorAdminPermissions must be true")
	check(t, "default mode", CreateCluster(w, ClusterInput{Name: "d", Bootstrap: true, Creator: admin}), "")
	check(t, "with the API", CreateCluster(w, ClusterInput{Name: "e", Mode: "API", Bootstrap: true, Creator: admin}), "")
	check(t, "without the flag", CreateCluster(w, ClusterInput{Name: "f", Mode: "API", Creator: admin}), "")
	if w.Clusters["d"].Mode != "CONFIG_MAP" || len(w.Clusters["e"].Entries[admin].Policies) != 1 || len(w.Clusters["f"].Entries) != 0 {
		t.Errorf("%+v", w.Clusters)
	}
	check(t, "delete", DeleteCluster(w, "c"), "")
	check(t, "delete again", DeleteCluster(w, "c"), "ResourceNotFoundException")
}

func TestWhatEKSMakesAtTheSwitch(t *testing.T) {
	roles := []world.NodeRole{{Arn: account + "role/m", Kind: "managed"}, {Arn: account + "role/w", Kind: "windows"}, {Arn: account + "role/f", Kind: "fargate"}, {Arn: account + "role/s", Kind: "self-managed"}}
	no := false
	for _, c := range []struct {
		option  string
		creator *bool
		want    string
	}{
		{"", nil, "creator=STANDARD f=FARGATE_LINUX m=EC2_LINUX w=EC2_WINDOWS"},
		{"all", &no, "f=FARGATE_LINUX m=EC2_LINUX w=EC2_WINDOWS"},
		{"none", nil, "creator=STANDARD"},
		{"miss-fargate", &no, "m=EC2_LINUX w=EC2_WINDOWS"},
		{"windows-as-linux", &no, "f=FARGATE_LINUX m=EC2_LINUX w=EC2_LINUX"},
	} {
		w := newWorld(t, "CONFIG_MAP")
		w.Options = world.Options{NodeEntriesAtSwitch: c.option, CreatorEntry: c.creator}
		w.Clusters["c"].NodeRoles = roles
		check(t, c.option, SetMode(w, "c", "API_AND_CONFIG_MAP"), "")
		got := []string{}
		for _, arn := range slices.Sorted(maps.Keys(w.Clusters["c"].Entries)) {
			got = append(got, strings.TrimPrefix(arn, account+"role/")+"="+w.Clusters["c"].Entries[arn].Type)
		}
		if text := strings.Join(got, " "); text != c.want {
			t.Errorf("%q: %s, want %s", c.option, text, c.want)
		}
	}
}

func TestEntriesThatExistStayWhenANodeGroupComes(t *testing.T) {
	w := newWorld(t, "API")
	check(t, "before", CreateEntry(w, EntryInput{Cluster: "c", Principal: nodes, Type: "EC2_WINDOWS"}), "")
	role := world.NodeRole{Arn: nodes, Kind: "managed"}
	check(t, "node group", AddNodeRole(w, "c", role), "")
	RemoveNodeRole(w, "c", role)
	if e := w.Clusters["c"].Entries[nodes]; e == nil || e.Type != "EC2_WINDOWS" || e.By != "terraform" {
		t.Errorf("%+v", e)
	}
}
