// Package kubeprovider stands in for hashicorp/kubernetes: config maps, and resources that are only kept in
// the Terraform state. It is built on the plugin SDK v2 as the real resources are. Attributes follow
// github.com/hashicorp/terraform-provider-kubernetes, kubernetes/resource_kubernetes_config_map*.go.
package kubeprovider

import (
	"context"
	"encoding/base64"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-sdk/v2/diag"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"

	"standin/internal/kube"
)

type fields = map[string]*schema.Schema

func New() *schema.Provider {
	p := &schema.Provider{
		Schema: providerSchema(),
		ResourcesMap: map[string]*schema.Resource{
			"kubernetes_config_map":         configMapResource(),
			"kubernetes_config_map_v1":      configMapResource(),
			"kubernetes_config_map_v1_data": configMapDataResource(),
			"kubernetes_namespace":          stub(fields{}),
			"kubernetes_namespace_v1":       stub(fields{}),
		},
		DataSourcesMap: map[string]*schema.Resource{
			"kubernetes_config_map":    configMapData(),
			"kubernetes_config_map_v1": configMapData(),
		},
		ConfigureContextFunc: configure,
	}
	for _, name := range strings.Fields("kubernetes_cluster_role_binding kubernetes_cluster_role_binding_v1 kubernetes_role_binding kubernetes_role_binding_v1") {
		p.ResourcesMap[name] = stub(fields{"role_ref": reference(1), "subject": reference(0)})
	}
	for _, name := range strings.Fields("kubernetes_cluster_role kubernetes_cluster_role_v1 kubernetes_role kubernetes_role_v1") {
		p.ResourcesMap[name] = stub(fields{"rule": {Type: schema.TypeList, Optional: true, Elem: &schema.Resource{Schema: fields{
			"api_groups": list(), "resources": list(), "resource_names": list(), "verbs": list(), "non_resource_urls": list(),
		}}}})
	}
	return p
}

func providerSchema() fields {
	s := fields{
		"exec": {Type: schema.TypeList, Optional: true, MaxItems: 1, Elem: &schema.Resource{Schema: fields{
			"api_version": {Type: schema.TypeString, Required: true}, "command": {Type: schema.TypeString, Required: true},
			"args": list(), "env": stringMap(),
		}}},
		"experiments": {Type: schema.TypeList, Optional: true, MaxItems: 1, Elem: &schema.Resource{Schema: fields{"manifest_resource": flag()}}},
		"insecure":    flag(), "config_paths": list(), "ignore_annotations": list(), "ignore_labels": list(),
	}
	for _, name := range strings.Fields("host username password client_certificate client_key cluster_ca_certificate config_path config_context config_context_auth_info config_context_cluster token proxy_url tls_server_name") {
		s[name] = &schema.Schema{Type: schema.TypeString, Optional: true}
	}
	return s
}

// configure finds out who calls: the token of the aws stand-in carries it, `aws eks get-token --role-arn`
// names it. Otherwise it is the runner.
func configure(_ context.Context, d *schema.ResourceData) (any, diag.Diagnostics) {
	c := kube.Caller{Host: d.Get("host").(string)}
	if c.Host == "" && (d.Get("config_path").(string) != "" || len(d.Get("config_paths").([]any)) > 0) {
		c.Host = "https://kubeconfig"
	}
	if payload, ok := strings.CutPrefix(d.Get("token").(string), "k8s-aws-v1."); ok {
		arn, err := base64.RawURLEncoding.DecodeString(payload)
		if err == nil {
			c.Arn = string(arn)
		}
	}
	args, _ := d.Get("exec.0.args").([]any)
	for _, option := range []any{"--role-arn", "--role", "-r"} {
		if i := slices.Index(args, option); i >= 0 && i+1 < len(args) {
			c.Arn, _ = args[i+1].(string)
		}
	}
	return c, nil
}

func list() *schema.Schema {
	return &schema.Schema{Type: schema.TypeList, Optional: true, Elem: &schema.Schema{Type: schema.TypeString}}
}
func stringMap() *schema.Schema {
	return &schema.Schema{Type: schema.TypeMap, Optional: true, Elem: &schema.Schema{Type: schema.TypeString}}
}
func flag() *schema.Schema { return &schema.Schema{Type: schema.TypeBool, Optional: true} }

func reference(max int) *schema.Schema {
	text := func() *schema.Schema { return &schema.Schema{Type: schema.TypeString, Optional: true} }
	return &schema.Schema{Type: schema.TypeList, Required: true, MaxItems: max, Elem: &schema.Resource{Schema: fields{
		"api_group": text(), "kind": text(), "name": text(), "namespace": text(),
	}}}
}

// metadata is the block that every resource has; an object's own name and namespace cannot change.
func metadata() *schema.Schema {
	computed := func() *schema.Schema { return &schema.Schema{Type: schema.TypeString, Computed: true} }
	return &schema.Schema{Type: schema.TypeList, Required: true, MaxItems: 1, Elem: &schema.Resource{Schema: fields{
		"name":          {Type: schema.TypeString, Optional: true, Computed: true, ForceNew: true},
		"namespace":     {Type: schema.TypeString, Optional: true, ForceNew: true, Default: "default"},
		"generate_name": {Type: schema.TypeString, Optional: true, ForceNew: true},
		"labels":        stringMap(), "annotations": stringMap(),
		"uid": computed(), "resource_version": computed(), "generation": {Type: schema.TypeInt, Computed: true},
	}}}
}

func keyOf(d *schema.ResourceData) string {
	return d.Get("metadata.0.namespace").(string) + "/" + d.Get("metadata.0.name").(string)
}

func stringsOf(value any) map[string]string {
	out := map[string]string{}
	m, _ := value.(map[string]any)
	for name, item := range m {
		out[name], _ = item.(string)
	}
	return out
}

// stub keeps a resource in the Terraform state only; the calls are not logged.
func stub(s fields) *schema.Resource {
	s["metadata"] = metadata()
	nothing := func(context.Context, *schema.ResourceData, any) diag.Diagnostics { return nil }
	return &schema.Resource{
		Schema: s, ReadContext: nothing, UpdateContext: nothing, DeleteContext: nothing,
		CreateContext: func(_ context.Context, d *schema.ResourceData, _ any) diag.Diagnostics {
			d.SetId(keyOf(d))
			return nil
		},
	}
}
