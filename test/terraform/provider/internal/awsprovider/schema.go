package awsprovider

import (
	"context"
	"regexp"
	"strings"

	"github.com/hashicorp/terraform-plugin-sdk/v2/diag"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
)

// Short names for the attributes that occur over and over.

type fields = map[string]*schema.Schema

func required() *schema.Schema { return &schema.Schema{Type: schema.TypeString, Required: true} }
func optional() *schema.Schema { return &schema.Schema{Type: schema.TypeString, Optional: true} }
func computed() *schema.Schema { return &schema.Schema{Type: schema.TypeString, Computed: true} }
func either() *schema.Schema {
	return &schema.Schema{Type: schema.TypeString, Optional: true, Computed: true}
}
func flag() *schema.Schema   { return &schema.Schema{Type: schema.TypeBool, Optional: true} }
func number() *schema.Schema { return &schema.Schema{Type: schema.TypeInt, Optional: true} }
func stringSet() *schema.Schema {
	return &schema.Schema{Type: schema.TypeSet, Optional: true, Elem: &schema.Schema{Type: schema.TypeString}}
}
func stringMap() *schema.Schema {
	return &schema.Schema{Type: schema.TypeMap, Optional: true, Elem: &schema.Schema{Type: schema.TypeString}}
}
func block(max int, inner fields) *schema.Schema {
	return &schema.Schema{Type: schema.TypeList, Optional: true, MaxItems: max, Elem: &schema.Resource{Schema: inner}}
}
func computedBlock(inner fields) *schema.Schema {
	return &schema.Schema{Type: schema.TypeList, Computed: true, Elem: &schema.Resource{Schema: inner}}
}
func forceNew(s *schema.Schema) *schema.Schema { s.ForceNew = true; return s }
func with(s *schema.Schema, value any) *schema.Schema {
	s.Default = value
	return s
}
func alsoComputed(s *schema.Schema) *schema.Schema { s.Computed = true; return s }

// tagged adds tags and tags_all, the tags with the provider's default_tags below them.
func tagged(r *schema.Resource) *schema.Resource {
	r.Schema["tags"] = stringMap()
	r.Schema["tags_all"] = alsoComputed(stringMap())
	r.CustomizeDiff = func(_ context.Context, d *schema.ResourceDiff, meta any) error {
		if !d.GetRawPlan().GetAttr("tags").IsWhollyKnown() {
			return d.SetNewComputed("tags_all")
		}
		all := allTags(d.Get("tags"), meta)
		if len(all) > 0 {
			return d.SetNew("tags_all", all)
		}
		// An empty map cannot be planned: the SDK takes it for a value to come.
		if len(d.Get("tags_all").(map[string]any)) > 0 {
			return d.SetNewComputed("tags_all")
		}
		return nil
	}
	r.CreateContext, r.UpdateContext = withTags(r.CreateContext), withTags(r.UpdateContext)
	read := r.ReadContext
	r.ReadContext = func(ctx context.Context, d *schema.ResourceData, meta any) diag.Diagnostics {
		problems := read(ctx, d, meta)
		if d.Id() == "" {
			return problems
		}
		return append(problems, settle(d, map[string]any{"tags_all": map[string]any{}})...) // imported: nothing has tags
	}
	return r
}

func withTags(change func(context.Context, *schema.ResourceData, any) diag.Diagnostics) func(context.Context, *schema.ResourceData, any) diag.Diagnostics {
	return func(ctx context.Context, d *schema.ResourceData, meta any) diag.Diagnostics {
		problems := change(ctx, d, meta)
		if d.Id() == "" {
			return problems
		}
		return append(problems, set(d, map[string]any{"tags_all": allTags(d.Get("tags"), meta)})...)
	}
}

func allTags(own, meta any) map[string]any {
	all := map[string]any{}
	if s, ok := meta.(*session); ok && s != nil {
		for name, value := range s.defaultTags {
			all[name] = value
		}
	}
	tags, _ := own.(map[string]any)
	for name, value := range tags {
		all[name] = value
	}
	return all
}

// settle gives values that a computed argument has when the configuration leaves it out. Without one the
// SDK would plan "known after apply" for ever.
func settle(d *schema.ResourceData, values map[string]any) diag.Diagnostics {
	missing := map[string]any{}
	for name, value := range values {
		if _, given := d.GetOk(name); !given {
			missing[name] = value
		}
	}
	return set(d, missing)
}

// regional is what version 6 added to nearly every resource and data source: a region argument, and an
// "@region" at the end of an import id (terraform-provider-aws, website/docs/guides/enhanced-region-support).
func regional(r *schema.Resource, major int) *schema.Resource {
	if major < 6 {
		return r
	}
	r.Schema["region"] = either()
	if r.Importer != nil {
		r.Schema["region"].ForceNew = true
		suffix := regexp.MustCompile(`@[a-z]{2}(-[a-z]+)+-\d+$`)
		r.Importer.StateContext = func(_ context.Context, d *schema.ResourceData, _ any) ([]*schema.ResourceData, error) {
			if at := suffix.FindStringIndex(d.Id()); at != nil {
				d.Set("region", d.Id()[at[0]+1:])
				d.SetId(d.Id()[:at[0]])
			}
			return []*schema.ResourceData{d}, nil
		}
	}
	return r
}

func setRegion(d *schema.ResourceData, s *session, region string) {
	if _, has := d.GetOk("region"); has || s.major < 6 {
		return
	}
	if s.region != "" {
		region = s.region
	}
	d.Set("region", region)
}

func importer() *schema.ResourceImporter {
	return &schema.ResourceImporter{StateContext: schema.ImportStatePassthroughContext}
}

func stringsOf(value any) []string {
	var items []any
	switch v := value.(type) {
	case *schema.Set:
		items = v.List()
	case []any:
		items = v
	}
	out := []string{}
	for _, item := range items {
		if s, ok := item.(string); ok {
			out = append(out, s)
		}
	}
	return out
}

// set writes several values; a name that the schema lacks is a mistake in this program.
func set(d *schema.ResourceData, values map[string]any) diag.Diagnostics {
	for name, value := range values {
		if err := d.Set(name, value); err != nil {
			return diag.Errorf("stand-in: setting %s: %s", name, err)
		}
	}
	return nil
}

func lastPart(text, separator string) string {
	return text[strings.LastIndex(text, separator)+1:]
}
