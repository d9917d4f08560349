package kubeprovider

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-sdk/v2/diag"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"

	"standin/internal/kube"
	"standin/internal/world"
)

// configMapDataResource writes keys into a config map that somebody else made. It has no importer.
func configMapDataResource() *schema.Resource {
	return &schema.Resource{
		CreateContext: func(ctx context.Context, d *schema.ResourceData, meta any) diag.Diagnostics {
			d.SetId(keyOf(d))
			problems := applyData(ctx, d, meta)
			if problems.HasError() {
				d.SetId("")
			}
			return problems
		},
		ReadContext: readData, UpdateContext: applyData, DeleteContext: emptyData,
		Schema: fields{
			"metadata": {Type: schema.TypeList, Required: true, MaxItems: 1, Elem: &schema.Resource{Schema: fields{
				"name":      {Type: schema.TypeString, Required: true, ForceNew: true},
				"namespace": {Type: schema.TypeString, Optional: true, ForceNew: true, Default: "default"},
			}}},
			"data":          {Type: schema.TypeMap, Required: true, Elem: &schema.Schema{Type: schema.TypeString}},
			"force":         flag(),
			"field_manager": {Type: schema.TypeString, Optional: true, Default: "Terraform"},
		},
	}
}

// readData shows the keys that Terraform manages or that the configuration names. A config map that is gone
// only warns, and the state stays.
func readData(_ context.Context, d *schema.ResourceData, meta any) diag.Diagnostics {
	found, err := get(d.Id(), meta)
	if errors.Is(err, kube.ErrNotFound) {
		_, name := kube.Split(d.Id())
		return diag.Diagnostics{{Severity: diag.Warning, Summary: "ConfigMap deleted", Detail: fmt.Sprintf(
			"The underlying configmap %q has been deleted. You should recreate the underlying configmap, or remove it from your configuration.", name)}}
	}
	if err != nil {
		return diag.FromErr(err)
	}
	configured, data := stringsOf(d.Get("data")), map[string]string{}
	for name, value := range found.Data {
		if _, named := configured[name]; named || slices.Contains(found.Owned, name) {
			data[name] = value
		}
	}
	return diag.FromErr(d.Set("data", data))
}

func applyData(ctx context.Context, d *schema.ResourceData, meta any) diag.Diagnostics {
	err := change("ApplyConfigMapData", "patch", d.Id(), meta, func(w *world.World) error {
		return kube.Apply(w, kube.KeyAt(w, meta.(kube.Caller), d.Id()), stringsOf(d.Get("data")), d.Get("force").(bool))
	})
	if errors.Is(err, kube.ErrNotFound) {
		_, name := kube.Split(d.Id())
		return diag.Errorf("The configmap %q does not exist", name)
	}
	if errors.Is(err, kube.ErrConflict) {
		return diag.Diagnostics{{Severity: diag.Error, Summary: "Field manager conflict", Detail: fmt.Sprintf(
			`Another client is managing a field Terraform tried to update. Set "force" to true to override: %v`, err)}}
	}
	if err != nil {
		return diag.FromErr(err)
	}
	return readData(ctx, d, meta)
}

// emptyData applies an empty map: the keys that Terraform owns go, the object and other keys stay.
func emptyData(_ context.Context, d *schema.ResourceData, meta any) diag.Diagnostics {
	key := d.Id()
	err := change("EmptyConfigMapData", "patch", key, meta, func(w *world.World) error {
		return kube.Apply(w, kube.KeyAt(w, meta.(kube.Caller), key), map[string]string{}, d.Get("force").(bool))
	})
	if err != nil && !errors.Is(err, kube.ErrNotFound) {
		return diag.FromErr(err)
	}
	return nil
}
