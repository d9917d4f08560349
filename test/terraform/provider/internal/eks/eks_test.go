package eks

import (
	"fmt"
	"strings"
	"testing"

	"standin/internal/world"
)

const (
	account = "arn:aws:iam::111122223333:"
	admin   = account + "role/team/admin"
	nodes   = account + "role/nodes"
	alice   = account + "user/x/alice"
	other   = "arn:aws:iam::444455556666:role/other"
	policy  = "arn:aws:eks::aws:cluster-access-policy/"
)

func newWorld(t *testing.T, mode string) *world.World {
	t.Helper()
	w, err := world.Parse([]byte(`{"principals": ["` + strings.Join([]string{admin, nodes, alice, other}, `", "`) + `"],
		"clusters": {"c": {"mode": "` + mode + `", "creator": "` + account + `role/creator"}}}`))
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func check(t *testing.T, what string, err error, want string) {
	t.Helper()
	if (err == nil) != (want == "") || (err != nil && !strings.Contains(err.Error(), want)) {
		t.Errorf("%s: got %v, want %q", what, err, want)
	}
}

func TestCreateEntry(t *testing.T) {
	const nodeRole, nodeAccount = "must be IAM role when using types [EC2_LINUX", "must be from the same account as the cluster"
	const invalid = "InvalidParameterException: The specified principalArn is invalid: invalid principal."
	for _, c := range []struct {
		principal, kind, username string
		groups                    []string
		want                      string
	}{
		{principal: admin},
		{principal: alice, username: "alice", groups: []string{"devs", "system"}},
		{principal: other},
		{principal: account + "root"},
		{principal: account + "role/admin", want: invalid},
		{principal: account + "group/admins", want: invalid},
		{principal: "arn:aws:sts::111122223333:assumed-role/admin/me", want: invalid},
		{principal: "arn:aws-cn:iam::111122223333:role/team/admin", want: invalid},
		{principal: account + "role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX", want: "principalArn value of a Service Linked Role"},
		{principal: admin, username: "system:node:x", want: "The username must not begin with system:"},
		{principal: admin, username: "eks:x", want: "The username must not begin with eks:"},
		{principal: admin, username: "sts:x"},
		{principal: admin, username: "{{SessionName}}", want: "a colon must come before {{SessionName}}"},
		{principal: admin, username: "john{{SessionNameRaw}}", want: "a colon must come before {{SessionNameRaw}}"},
		{principal: admin, username: "jo:hn{{SessionName}}"},
		{principal: admin, groups: []string{"devs", "system:masters"}, want: "The kubernetes group name system:masters is invalid, it cannot start with system:"},
		{principal: admin, groups: []string{"amazon:x"}, want: "cannot start with amazon:"},
		{principal: admin, kind: "Standard", want: "InvalidParameterException"},
		{principal: nodes, kind: "EC2_LINUX"},
		{principal: nodes, kind: "EC2_WINDOWS", groups: []string{}},
		{principal: nodes, kind: "EC2_LINUX", username: "node", want: `setting username is not allowed when the type is "EC2_LINUX"`},
		{principal: nodes, kind: "FARGATE_LINUX", groups: []string{"x"}, want: `setting kubernetesGroups is not allowed when the type is "FARGATE_LINUX"`},
		{principal: alice, kind: "EC2_LINUX", want: nodeRole},
		{principal: other, kind: "HYBRID_LINUX", want: nodeAccount},
	} {
		w := newWorld(t, "API_AND_CONFIG_MAP")
		err := CreateEntry(w, EntryInput{Cluster: "c", Principal: c.principal, Type: c.kind, Username: c.username, Groups: c.groups})
		check(t, fmt.Sprintf("%+v", c), err, c.want)
	}
}

func TestOneEntryPerPrincipal(t *testing.T) {
	w := newWorld(t, "API_AND_CONFIG_MAP")
	check(t, "first", CreateEntry(w, EntryInput{Cluster: "c", Principal: admin}), "")
	check(t, "second", CreateEntry(w, EntryInput{Cluster: "c", Principal: admin, Groups: []string{"x"}}),
		"StatusCode: 409, RequestID: 00000000-0000-0000-0000-000000000000, ResourceInUseException: The specified access entry resource is already in use on this cluster.")
	check(t, "no cluster", CreateEntry(w, EntryInput{Cluster: "d", Principal: admin}), "ResourceNotFoundException: No cluster found for name: d.")
}

func TestDefaultUsernames(t *testing.T) {
	for _, c := range []struct{ principal, kind, want string }{
		{admin, "STANDARD", "arn:aws:sts::111122223333:assumed-role/admin/{{SessionName}}"},
		{alice, "STANDARD", alice},
		{nodes, "EC2_LINUX", "system:node:{{EC2PrivateDNSName}}"},
		{nodes, "FARGATE_LINUX", "system:node:{{SessionName}}"},
		{nodes, "HYBRID_LINUX", "system:node:{{SessionName}}"},
	} {
		w := newWorld(t, "API")
		check(t, c.kind, CreateEntry(w, EntryInput{Cluster: "c", Principal: c.principal, Type: c.kind}), "")
		if got := w.Clusters["c"].Entries[c.principal].Username; got != c.want {
			t.Errorf("%s: %s, want %s", c.kind, got, c.want)
		}
	}
}

func TestUpdateEntry(t *testing.T) {
	w := newWorld(t, "API")
	check(t, "create", CreateEntry(w, EntryInput{Cluster: "c", Principal: admin, Username: "me", Groups: []string{"b", "a"}}), "")
	check(t, "update", UpdateEntry(w, "c", admin, "", []string{"a"}), "")
	if e := w.Clusters["c"].Entries[admin]; !strings.HasSuffix(e.Username, "admin/{{SessionName}}") || len(e.Groups) != 1 {
		t.Errorf("left out is back to the default: %+v", e)
	}
	check(t, "none", UpdateEntry(w, "c", alice, "x", nil), "ResourceNotFoundException")
	check(t, "node", CreateEntry(w, EntryInput{Cluster: "c", Principal: nodes, Type: "EC2_LINUX"}), "")
	check(t, "node name sent back", UpdateEntry(w, "c", nodes, "system:node:{{EC2PrivateDNSName}}", nil), "The username must not begin with system:")
}

func TestNoEntryCallInConfigMapMode(t *testing.T) {
	const want = "InvalidRequestException: The cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP] to perform this operation."
	w := newWorld(t, "CONFIG_MAP")
	_, err := Entry(w, "c", admin)
	check(t, "describe", err, want)
	_, err = AssociatedPolicy(w, "c", admin, policy+clusterAdmin)
	check(t, "list", err, want)
	check(t, "create", CreateEntry(w, EntryInput{Cluster: "c", Principal: admin}), want)
	check(t, "associate", AssociatePolicy(w, "c", admin, world.Policy{Arn: policy + clusterAdmin, ScopeType: "cluster"}), want)
}

func TestQuota(t *testing.T) {
	w := newWorld(t, "API")
	for i := range maxEntries {
		w.Clusters["c"].Entries[fmt.Sprint(i)] = &world.Entry{}
	}
	check(t, "one too many", CreateEntry(w, EntryInput{Cluster: "c", Principal: admin}), "ResourceLimitExceededException")
}

func TestPolicies(t *testing.T) {
	w := newWorld(t, "API")
	check(t, "entry", CreateEntry(w, EntryInput{Cluster: "c", Principal: admin}), "")
	check(t, "node", CreateEntry(w, EntryInput{Cluster: "c", Principal: nodes, Type: "EC2_LINUX"}), "")
	for _, c := range []struct{ principal, arn, scope, namespaces, want string }{
		{admin, policy + clusterAdmin, "cluster", "", ""},
		{admin, policy + "AmazonEKSViewPolicy", "namespace", "dev-*", ""},
		{admin, policy + "AmazonEKSViewPolicy", "namespace", "", "At least 1 namespace must be provided"},
		{admin, policy + "AmazonEKSViewPolicy", "cluster", "dev", "accessScope should not include namespaces"},
		{admin, policy + "AmazonEKSNoPolicy", "cluster", "", "The specified policyArn could not be found."},
		{admin, "arn:aws-cn:eks::aws:cluster-access-policy/" + clusterAdmin, "cluster", "", "The specified policyArn could not be found."},
		{admin, "arn:aws:iam::aws:policy/AdministratorAccess", "cluster", "", "The policyArn parameter format is not valid"},
		{alice, policy + clusterAdmin, "cluster", "", "ResourceNotFoundException: The specified principalArn could not be found."},
		{nodes, policy + clusterAdmin, "cluster", "", `can only be performed on Access Entries with a type of "STANDARD"`},
	} {
		p := world.Policy{Arn: c.arn, ScopeType: c.scope, Namespaces: strings.Fields(c.namespaces)}
		check(t, fmt.Sprintf("%+v", c), AssociatePolicy(w, "c", c.principal, p), c.want)
	}
	check(t, "another scope", AssociatePolicy(w, "c", admin, world.Policy{Arn: policy + "AmazonEKSViewPolicy", ScopeType: "cluster"}), "")
	if got := w.Clusters["c"].Entries[admin].Policies; len(got) != 2 || got[1].ScopeType != "cluster" {
		t.Errorf("policies: %+v", got)
	}
	check(t, "disassociate", DisassociatePolicy(w, "c", admin, policy+clusterAdmin), "")
	check(t, "disassociate again", DisassociatePolicy(w, "c", admin, policy+clusterAdmin), "ResourceNotFoundException")
	check(t, "delete", DeleteEntry(w, "c", admin), "")
	check(t, "create again", CreateEntry(w, EntryInput{Cluster: "c", Principal: admin}), "")
	if got := w.Clusters["c"].Entries[admin].Policies; len(got) != 0 {
		t.Errorf("a deleted entry's policies came back: %+v", got)
	}
}
