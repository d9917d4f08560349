// One binary is every provider. Which one it is comes from the file name it was started by, as in
// terraform-provider-aws_v5.95.0, or from STANDIN_PROVIDER=aws_v5.95.0. With arguments it is the little of the AWS CLI that a
// person types in between: see byHand.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
	"github.com/hashicorp/terraform-plugin-sdk/v2/plugin"

	"standin/internal/awsprovider"
	"standin/internal/eks"
	"standin/internal/generated"
	"standin/internal/kubeprovider"
	"standin/internal/stubs"
	"standin/internal/world"
)

func main() {
	if len(os.Args) > 1 {
		if err := byHand(os.Args[1:]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
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
	plugin.Serve(&plugin.ServeOpts{GRPCProviderFunc: func() tfprotov5.ProviderServer {
		return generated.Extend(name, schema.NewGRPCProviderServer(provider))
	}})
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

// byHand answers `update-cluster-config <cluster> <mode>` as
// `aws eks update-cluster-config --name <cluster> --access-config authenticationMode=<mode>` does.
func byHand(arguments []string) error {
	if len(arguments) != 3 || arguments[0] != "update-cluster-config" {
		return fmt.Errorf("usage: standin update-cluster-config <cluster> <mode>")
	}
	name, mode := arguments[1], arguments[2]
	return world.Change(world.Call{Call: "UpdateClusterConfig", Cluster: name, Mode: mode}, func(w *world.World) error {
		return eks.SetMode(w, name, mode)
	})
}
