// One binary is every provider. Which one it is comes from the file name it was started by, as in
// terraform-provider-aws_v5.95.0, or from STANDIN_PROVIDER=aws_v5.95.0.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
	"github.com/hashicorp/terraform-plugin-sdk/v2/plugin"

	"standin/internal/awsprovider"
	"standin/internal/kubeprovider"
	"standin/internal/stubs"
)

func main() {
	called := strings.TrimPrefix(filepath.Base(os.Args[0]), "terraform-provider-")
	if named := os.Getenv("STANDIN_PROVIDER"); named != "" {
		called = named
	}
	name, version, _ := strings.Cut(strings.TrimSuffix(called, ".exe"), "_v")
	provider := choose(name, version)
	if provider == nil {
		fmt.Fprintf(os.Stderr, "stand-in: no provider is called %q; the file must be named terraform-provider-NAME_vVERSION\n", called)
		os.Exit(1)
	}
	plugin.Serve(&plugin.ServeOpts{ProviderFunc: func() *schema.Provider { return provider }})
}

// choose: version 6 of aws differs from 5 by the region argument.
func choose(name, version string) *schema.Provider {
	switch {
	case name == "aws" && strings.HasPrefix(version, "6."):
		return awsprovider.New(6)
	case name == "aws":
		return awsprovider.New(5)
	case name == "kubernetes":
		return kubeprovider.New()
	}
	return stubs.New(name)
}
