package awsprovider

import (
	"context"
	"encoding/base64"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-sdk/v2/diag"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"

	"standin/internal/eks"
	"standin/internal/world"
)

func clusterResource() *schema.Resource {
	s := clusterArguments()
	for name, attribute := range clusterAttributes() {
		s[name] = attribute
	}
	return tagged(&schema.Resource{
		CreateContext: createCluster, ReadContext: readCluster, UpdateContext: updateCluster, DeleteContext: deleteCluster,
		Importer: importer(), Schema: s, Timeouts: timeouts(true),
	})
}

func clusterArguments() fields {
	enabled := func() *schema.Schema { return block(1, fields{"enabled": flag()}) }
	networks := func() *schema.Schema { return block(1, fields{"cidrs": stringSet()}) }
	vpc := block(1, fields{
		"subnet_ids": stringSet(), "security_group_ids": stringSet(), "public_access_cidrs": alsoComputed(stringSet()),
		"endpoint_private_access": with(flag(), false), "endpoint_public_access": with(flag(), true),
		"cluster_security_group_id": computed(), "vpc_id": computed(),
	})
	vpc.Optional, vpc.Required = false, true
	return fields{
		"name": forceNew(required()), "role_arn": forceNew(required()), "version": either(), "vpc_config": vpc,
		// Absent, it is read from the cluster: that is how a configuration without it gets into a state
		// from which the flag below can force a replacement.
		"access_config": alsoComputed(block(1, fields{
			"authentication_mode":                         either(),
			"bootstrap_cluster_creator_admin_permissions": forceNew(with(flag(), true)),
		})),
		"bootstrap_self_managed_addons": forceNew(with(flag(), true)),
		"compute_config":                block(1, fields{"enabled": flag(), "node_pools": stringSet(), "node_role_arn": optional()}),
		"control_plane_scaling_config":  block(1, fields{"tier": optional()}),
		"deletion_protection":           with(flag(), false),
		"enabled_cluster_log_types":     stringSet(),
		"encryption_config":             block(1, fields{"provider": block(1, fields{"key_arn": required()}), "resources": stringSet()}),
		"force_update_version":          flag(),
		"kubernetes_network_config": alsoComputed(block(1, fields{
			"ip_family": forceNew(either()), "service_ipv4_cidr": forceNew(either()), "service_ipv6_cidr": forceNew(either()),
			"elastic_load_balancing": alsoComputed(enabled()),
		})),
		"outpost_config": block(1, fields{
			"control_plane_instance_type": required(), "outpost_arns": stringSet(), "control_plane_placement": block(1, fields{"group_name": required()}),
		}),
		"remote_network_config": block(1, fields{"remote_node_networks": networks(), "remote_pod_networks": networks()}),
		"storage_config":        block(1, fields{"block_storage": enabled()}),
		"upgrade_policy":        alsoComputed(block(1, fields{"support_type": either()})),
		"zonal_shift_config":    enabled(),
	}
}

func clusterAttributes() fields {
	return fields{
		"arn": computed(), "cluster_id": computed(), "created_at": computed(), "endpoint": computed(), "platform_version": computed(), "status": computed(),
		"certificate_authority": computedBlock(fields{"data": computed()}),
		"identity":              computedBlock(fields{"oidc": computedBlock(fields{"issuer": computed()})}),
	}
}

func createCluster(ctx context.Context, d *schema.ResourceData, meta any) diag.Diagnostics {
	name := d.Get("name").(string)
	in := eks.ClusterInput{Name: name, Version: d.Get("version").(string), Bootstrap: true}
	if list := d.Get("access_config").([]any); len(list) > 0 && list[0] != nil {
		in.Mode = d.Get("access_config.0.authentication_mode").(string)
		in.Bootstrap = d.Get("access_config.0.bootstrap_cluster_creator_admin_permissions").(bool)
	}
	if in.Version == "" {
		in.Version = "1.33"
	}
	err := world.Change(world.Call{Call: "CreateCluster", Cluster: name, Mode: in.Mode}, func(w *world.World) error {
		in.Creator = meta.(*session).caller(w)
		return eks.CreateCluster(w, in)
	})
	if err != nil {
		return diag.Errorf("creating EKS Cluster (%s): %s", name, err)
	}
	d.SetId(name)
	return readCluster(ctx, d, meta)
}

func readCluster(_ context.Context, d *schema.ResourceData, meta any) (problems diag.Diagnostics) {
	name := d.Id()
	err := world.Read(world.Call{Call: "DescribeCluster", Cluster: name}, func(w *world.World) error {
		c, err := eks.Cluster(w, name)
		if err != nil {
			return err
		}
		// The API does not return the flag, so the real provider keeps the configured one, and writes true
		// where there was none (terraform-provider-aws#38295).
		bootstrap := true
		if list := d.Get("access_config").([]any); len(list) > 0 && list[0] != nil {
			bootstrap = d.Get("access_config.0.bootstrap_cluster_creator_admin_permissions").(bool)
		}
		values := describe(w, name, c)
		values["access_config"] = []any{map[string]any{"authentication_mode": c.Mode, "bootstrap_cluster_creator_admin_permissions": bootstrap}}
		values["name"], values["version"] = name, c.Version
		problems = set(d, values)
		problems = append(problems, clusterDefaults(d)...)
		setRegion(d, meta.(*session), w.Region)
		return nil
	})
	if eks.NotFound(err) && !d.IsNewResource() {
		d.SetId("")
		return nil
	}
	if err != nil {
		return diag.Errorf("reading EKS Cluster (%s): %s", name, err)
	}
	return problems
}

// describe is what the resource and the data source have in common.
func describe(w *world.World, name string, c *world.Cluster) map[string]any {
	issuer := "https://oidc.eks." + w.Region + ".amazonaws.com/id/" + eks.Digest("oidc/"+name)
	authority := base64.StdEncoding.EncodeToString([]byte("stand-in certificate of " + name))
	return map[string]any{
		"arn": "arn:" + w.Partition + ":eks:" + w.Region + ":" + w.Account + ":cluster/" + name, "endpoint": eks.Endpoint(w, name),
		"created_at": someday, "platform_version": "eks.99", "status": "ACTIVE",
		"certificate_authority": []any{map[string]any{"data": authority}},
		"identity":              []any{map[string]any{"oidc": []any{map[string]any{"issuer": issuer}}}},
	}
}

// someday is every time in this world: a plan must not change because a clock went on.
const someday = "2026-01-01T00:00:00Z"

// clusterDefaults fills the computed parts of blocks that the world does not keep.
func clusterDefaults(d *schema.ResourceData) diag.Diagnostics {
	values := map[string]any{}
	if vpc, ok := d.Get("vpc_config.0").(map[string]any); ok {
		vpc["vpc_id"], vpc["cluster_security_group_id"] = "vpc-0123456789abcdef0", "sg-0123456789abcdef0"
		if cidrs, ok := vpc["public_access_cidrs"].(*schema.Set); !ok || cidrs.Len() == 0 {
			vpc["public_access_cidrs"] = []any{"0.0.0.0/0"}
		}
		values["vpc_config"] = []any{vpc}
	}
	network, ok := d.Get("kubernetes_network_config.0").(map[string]any)
	if !ok {
		network = map[string]any{}
	}
	for name, value := range map[string]string{"ip_family": "ipv4", "service_ipv4_cidr": "172.20.0.0/16"} {
		if given, _ := network[name].(string); given == "" {
			network[name] = value
		}
	}
	if balancing, _ := network["elastic_load_balancing"].([]any); len(balancing) == 0 {
		network["elastic_load_balancing"] = []any{map[string]any{"enabled": false}}
	}
	values["kubernetes_network_config"] = []any{network}
	if d.Get("upgrade_policy.#").(int) == 0 || d.Get("upgrade_policy.0.support_type").(string) == "" {
		values["upgrade_policy"] = []any{map[string]any{"support_type": "EXTENDED"}}
	}
	return set(d, values)
}

// updateCluster leaves a failed update to the next refresh, as the real provider does.
func updateCluster(ctx context.Context, d *schema.ResourceData, meta any) diag.Diagnostics {
	name := d.Id()
	if d.HasChange("version") {
		version := d.Get("version").(string)
		err := world.Change(world.Call{Call: "UpdateClusterVersion", Cluster: name}, func(w *world.World) error {
			c, err := eks.Cluster(w, name)
			if err == nil {
				c.Version = version
			}
			return err
		})
		if err != nil {
			return diag.Errorf("updating EKS Cluster (%s) version: %s", name, err)
		}
	}
	if d.HasChange("access_config") {
		mode := d.Get("access_config.0.authentication_mode").(string)
		err := world.Change(world.Call{Call: "UpdateClusterConfig", Cluster: name, Mode: mode}, func(w *world.World) error {
			return eks.SetMode(w, name, mode)
		})
		if err != nil {
			return diag.Errorf("updating EKS Cluster (%s) access configuration: %s", name, err)
		}
	}
	return readCluster(ctx, d, meta)
}

func deleteCluster(_ context.Context, d *schema.ResourceData, _ any) diag.Diagnostics {
	err := world.Change(world.Call{Call: "DeleteCluster", Cluster: d.Id()}, func(w *world.World) error {
		return eks.DeleteCluster(w, d.Id())
	})
	if err != nil && !eks.NotFound(err) {
		return diag.Errorf("deleting EKS Cluster (%s): %s", d.Id(), err)
	}
	return nil
}

func timeouts(update bool) *schema.ResourceTimeout {
	t := &schema.ResourceTimeout{Create: schema.DefaultTimeout(10 * time.Minute), Delete: schema.DefaultTimeout(10 * time.Minute)}
	if update {
		t.Update = schema.DefaultTimeout(10 * time.Minute)
	}
	return t
}

// token carries who made it, so that the kubernetes stand-in knows the caller as the real API does.
func token(arn string) string {
	return "k8s-aws-v1." + strings.TrimRight(base64.URLEncoding.EncodeToString([]byte(arn)), "=")
}
