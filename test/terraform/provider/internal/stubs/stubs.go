// Package stubs serves small providers that modules around EKS require: time, tls, null, cloudinit, helm. They
// are there so that `init` finds them and a plan goes through; none of them touches the world.
package stubs

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-sdk/v2/diag"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
)

type fields = map[string]*schema.Schema

func text() *schema.Schema     { return &schema.Schema{Type: schema.TypeString, Optional: true} }
func computed() *schema.Schema { return &schema.Schema{Type: schema.TypeString, Computed: true} }
func flag() *schema.Schema     { return &schema.Schema{Type: schema.TypeBool, Optional: true} }

// New makes the provider of that name, or nil.
func New(name string) *schema.Provider {
	triggers := &schema.Schema{Type: schema.TypeMap, Optional: true, ForceNew: true, Elem: &schema.Schema{Type: schema.TypeString}}
	switch name {
	case "time":
		// Its time_sleep is in package generated. It does not sleep: nothing here needs time to settle.
		return &schema.Provider{}
	case "helm":
		set := &schema.Schema{Type: schema.TypeSet, Optional: true, Elem: &schema.Resource{Schema: fields{"name": text(), "value": text(), "type": text()}}}
		values := &schema.Schema{Type: schema.TypeList, Optional: true, Elem: &schema.Schema{Type: schema.TypeString}}
		release := fields{
			"name": text(), "chart": text(), "namespace": text(), "repository": text(), "version": text(), "set": set, "values": values,
		}
		return &schema.Provider{ResourcesMap: map[string]*schema.Resource{"helm_release": kept(release)}}
	case "null":
		return &schema.Provider{ResourcesMap: map[string]*schema.Resource{"null_resource": kept(fields{"triggers": triggers})}}
	case "tls":
		certificate := &schema.Schema{Type: schema.TypeList, Computed: true, Elem: &schema.Resource{Schema: fields{
			"sha1_fingerprint": computed(), "cert_pem": computed(), "subject": computed(), "issuer": computed(),
		}}}
		s := fields{"url": text(), "content": text(), "verify_chain": flag(), "certificates": certificate}
		return &schema.Provider{DataSourcesMap: map[string]*schema.Resource{"tls_certificate": answered(s, map[string]any{
			"certificates": []any{map[string]any{"sha1_fingerprint": strings.Repeat("0", 40), "cert_pem": "", "subject": "CN=stand-in", "issuer": "CN=stand-in"}},
		})}}
	case "cloudinit":
		part := &schema.Schema{Type: schema.TypeList, Optional: true, Elem: &schema.Resource{Schema: fields{
			"content": text(), "content_type": text(), "filename": text(), "merge_type": text(),
		}}}
		s := fields{"part": part, "base64_encode": flag(), "gzip": flag(), "boundary": text(), "rendered": computed()}
		return &schema.Provider{DataSourcesMap: map[string]*schema.Resource{"cloudinit_config": answered(s, map[string]any{"rendered": "stand-in"})}}
	}
	return nil
}

// kept is a resource in the Terraform state and nowhere else.
func kept(s fields) *schema.Resource {
	nothing := func(context.Context, *schema.ResourceData, any) diag.Diagnostics { return nil }
	r := &schema.Resource{
		Schema: s, ReadContext: nothing, DeleteContext: nothing,
		CreateContext: func(_ context.Context, d *schema.ResourceData, _ any) diag.Diagnostics {
			d.SetId("stand-in")
			return nil
		},
	}
	for _, attribute := range s {
		if !attribute.ForceNew {
			r.UpdateContext = nothing
		}
	}
	return r
}

func answered(s fields, values map[string]any) *schema.Resource {
	return &schema.Resource{Schema: s, ReadContext: func(_ context.Context, d *schema.ResourceData, _ any) (problems diag.Diagnostics) {
		d.SetId("stand-in")
		for name, value := range values {
			problems = append(problems, diag.FromErr(d.Set(name, value))...)
		}
		return problems
	}}
}
