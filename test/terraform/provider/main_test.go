package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The SDK's own check of the schemas, which it does not make when it serves them.
func TestSchemas(t *testing.T) {
	for _, p := range [][2]string{{"aws", "5.95.0"}, {"aws", "6.28.0"}, {"kubernetes", "2.35.0"}, {"time", "0"}, {"tls", "0"}, {"null", "0"}, {"cloudinit", "0"}, {"helm", "0"}} {
		provider := choose(p[0], p[1])
		if err := provider.InternalValidate(); err != nil {
			t.Errorf("%s %s: %v", p[0], p[1], err)
		}
		_, regional := provider.ResourcesMap["aws_eks_access_entry"]
		if regional {
			_, regional = provider.ResourcesMap["aws_eks_access_entry"].Schema["region"]
		}
		if regional != (p[1][0] == '6') {
			t.Errorf("%s %s: region argument %v", p[0], p[1], regional)
		}
	}
	if choose("vault", "2.0.0") != nil {
		t.Error("an unknown provider was made")
	}
}

// The mode as a person changes it: one step at a time, logged like every call, with what EKS does at the switch.
func TestByHand(t *testing.T) {
	path := filepath.Join(t.TempDir(), "world.json")
	t.Setenv("STANDIN_WORLD", path)
	nodes := "arn:aws:iam::111122223333:role/nodes"
	text := `{"clusters": {"c": {"mode": "CONFIG_MAP", "nodeRoles": [{"arn": "` + nodes + `", "kind": "managed"}]}}}`
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := byHand([]string{"update-cluster-config", "c", "API"}); err == nil || !strings.Contains(err.Error(), "Unsupported authentication mode update from CONFIG_MAP to API") {
		t.Errorf("%v", err)
	}
	if err := byHand([]string{"update-cluster-config", "c", "API_AND_CONFIG_MAP"}); err != nil {
		t.Error(err)
	}
	if err := byHand([]string{"update-cluster-config", "c"}); err == nil {
		t.Error("an argument is missing")
	}
	after, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{`"mode": "API_AND_CONFIG_MAP"`, `"type": "EC2_LINUX"`, `"call": "UpdateClusterConfig"`} {
		if !strings.Contains(string(after), part) {
			t.Errorf("no %s in %s", part, after)
		}
	}
}
