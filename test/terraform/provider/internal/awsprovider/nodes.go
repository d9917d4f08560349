package awsprovider

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-sdk/v2/diag"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"

	"standin/internal/eks"
	"standin/internal/world"
)

// Node groups and Fargate profiles count here for one thing: the node roles that EKS gives entries to by
// itself. Their other arguments are taken and kept, nothing more.

func nodeGroupResource() *schema.Resource {
	s := fields{
		"cluster_name": forceNew(required()), "node_role_arn": arn(forceNew(required())), "node_group_name": forceNew(either()), "node_group_name_prefix": forceNew(either()),
		"subnet_ids": forceNew(stringSet()), "ami_type": forceNew(either()), "capacity_type": forceNew(either()), "disk_size": forceNew(alsoComputed(number())),
		"instance_types": forceNew(&schema.Schema{Type: schema.TypeList, Optional: true, Computed: true, Elem: &schema.Schema{Type: schema.TypeString}}),
		"labels":         stringMap(), "version": either(), "release_version": either(), "force_update_version": flag(), "arn": computed(), "status": computed(),
		"scaling_config":     block(1, fields{"desired_size": number(), "max_size": number(), "min_size": number()}),
		"update_config":      alsoComputed(block(1, fields{"max_unavailable": number(), "max_unavailable_percentage": number(), "update_strategy": optional()})),
		"launch_template":    block(1, fields{"id": either(), "name": either(), "version": required()}),
		"remote_access":      block(1, fields{"ec2_ssh_key": optional(), "source_security_group_ids": stringSet()}),
		"taint":              block(0, fields{"key": required(), "value": optional(), "effect": required()}),
		"node_repair_config": block(1, repairFields()),
		"resources":          computedBlock(fields{"autoscaling_groups": computedBlock(fields{"name": computed()}), "remote_access_security_group_id": computed()}),
	}
	settled := map[string]any{
		"ami_type": "AL2023_x86_64_STANDARD", "capacity_type": "ON_DEMAND", "disk_size": 20, "instance_types": []any{"t3.medium"}, "version": "1.33",
		"release_version": "1.33.0-20260101", "update_config": []any{map[string]any{"max_unavailable": 1}},
		"resources": []any{map[string]any{"autoscaling_groups": []any{map[string]any{"name": "eks-stand-in"}}}},
	}
	return nodeResource("Nodegroup", s, "node_group_name", "node_role_arn", settled, func(d *schema.ResourceData) string {
		if strings.HasPrefix(d.Get("ami_type").(string), "WINDOWS_") {
			return "windows"
		}
		return "managed"
	})
}

func repairFields() fields {
	return fields{
		"enabled": flag(), "max_parallel_nodes_repaired_count": number(), "max_parallel_nodes_repaired_percentage": number(),
		"max_unhealthy_node_threshold_count": number(), "max_unhealthy_node_threshold_percentage": number(),
		"node_repair_config_overrides": block(0, fields{
			"min_repair_wait_time_mins": number(), "node_monitoring_condition": optional(), "node_unhealthy_reason": optional(), "repair_action": optional(),
		}),
	}
}

func fargateProfileResource() *schema.Resource {
	s := fields{
		"cluster_name": forceNew(required()), "fargate_profile_name": forceNew(required()), "pod_execution_role_arn": arn(forceNew(required())),
		"subnet_ids": forceNew(stringSet()), "selector": forceNew(block(0, fields{"namespace": required(), "labels": stringMap()})), "arn": computed(), "status": computed(),
	}
	return nodeResource("FargateProfile", s, "fargate_profile_name", "pod_execution_role_arn", nil, func(*schema.ResourceData) string { return "fargate" })
}

func nodeResource(what string, s fields, nameField, roleField string, settled map[string]any, kind func(*schema.ResourceData) string) *schema.Resource {
	role := func(d *schema.ResourceData) world.NodeRole {
		return world.NodeRole{Arn: d.Get(roleField).(string), Kind: kind(d)}
	}
	call := func(verb string, d *schema.ResourceData) world.Call {
		cluster, name, _ := strings.Cut(d.Id(), ":")
		return world.Call{Call: verb + what, Cluster: cluster, Principal: d.Get(roleField).(string), Name: name}
	}
	read := func(_ context.Context, d *schema.ResourceData, meta any) (problems diag.Diagnostics) {
		c := call("Describe", d)
		err := world.Read(c, func(w *world.World) error {
			_, err := eks.Cluster(w, c.Cluster)
			if err == nil {
				arn := strings.Join([]string{"arn", w.Partition, "eks", w.Region, w.Account, strings.ToLower(what) + "/" + c.Cluster + "/" + c.Name}, ":")
				problems = set(d, map[string]any{"cluster_name": c.Cluster, nameField: c.Name, "arn": arn, "status": "ACTIVE"})
				problems = append(problems, settle(d, settled)...)
				setRegion(d, meta.(*session), w.Region)
			}
			return err
		})
		if eks.NotFound(err) && !d.IsNewResource() {
			d.SetId("")
			return nil
		}
		if err != nil {
			return diag.FromErr(err)
		}
		return problems
	}
	return tagged(&schema.Resource{
		Schema: s, Importer: importer(), Timeouts: timeouts(true), ReadContext: read, UpdateContext: read,
		CreateContext: func(ctx context.Context, d *schema.ResourceData, meta any) diag.Diagnostics {
			name := d.Get(nameField).(string)
			if prefix, ok := d.GetOk("node_group_name_prefix"); ok && name == "" {
				name = suffixed(prefix, 1)
			}
			d.SetId(d.Get("cluster_name").(string) + ":" + name)
			c := call("Create", d)
			if err := world.Change(c, func(w *world.World) error { return eks.AddNodeRole(w, c.Cluster, role(d)) }); err != nil {
				d.SetId("")
				return diag.FromErr(err)
			}
			return read(ctx, d, meta)
		},
		DeleteContext: func(_ context.Context, d *schema.ResourceData, _ any) diag.Diagnostics {
			c := call("Delete", d)
			return diag.FromErr(world.Change(c, func(w *world.World) error {
				eks.RemoveNodeRole(w, c.Cluster, role(d))
				return nil
			}))
		},
	})
}
