package main

import "testing"

// The SDK's own check of the schemas, which it does not make when it serves them.
func TestSchemas(t *testing.T) {
	for _, p := range [][2]string{{"aws", "5.95.0"}, {"aws", "6.28.0"}, {"kubernetes", "2.35.0"}, {"time", "0"}, {"tls", "0"}, {"null", "0"}, {"cloudinit", "0"}} {
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
