package kubeprovider

import (
	"context"
	"errors"

	"github.com/hashicorp/terraform-plugin-sdk/v2/diag"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"

	"standin/internal/kube"
	"standin/internal/world"
)

func configMapResource() *schema.Resource {
	return &schema.Resource{
		CreateContext: createConfigMap, ReadContext: readConfigMap, UpdateContext: updateConfigMap, DeleteContext: deleteConfigMap,
		Importer: &schema.ResourceImporter{StateContext: schema.ImportStatePassthroughContext},
		Schema: fields{
			"metadata": metadata(), "data": stringMap(), "binary_data": stringMap(), "immutable": flag(),
		},
	}
}

// change asks first whether the caller may; a refused call changed nothing and is logged as failed.
func change(call, verb, key string, meta any, work func(*world.World) error) error {
	return world.Change(world.Call{Call: call, Name: key}, func(w *world.World) error {
		if err := kube.Allow(w, meta.(kube.Caller), verb, key); err != nil {
			return err
		}
		return work(w)
	})
}

func get(key string, meta any) (found *world.ConfigMap, err error) {
	err = world.Read(world.Call{Call: "GetConfigMap", Name: key}, func(w *world.World) error {
		if err := kube.Allow(w, meta.(kube.Caller), "get", key); err != nil {
			return err
		}
		found, err = kube.Get(w, kube.KeyAt(w, meta.(kube.Caller), key))
		return err
	})
	return found, err
}

func createConfigMap(ctx context.Context, d *schema.ResourceData, meta any) diag.Diagnostics {
	key := keyOf(d)
	err := change("CreateConfigMap", "create", key, meta, func(w *world.World) error {
		return kube.Create(w, kube.KeyAt(w, meta.(kube.Caller), key), stringsOf(d.Get("data")), stringsOf(d.Get("metadata.0.labels")))
	})
	if err != nil {
		return diag.FromErr(err)
	}
	d.SetId(key)
	return readConfigMap(ctx, d, meta)
}

func readConfigMap(_ context.Context, d *schema.ResourceData, meta any) diag.Diagnostics {
	found, err := get(d.Id(), meta)
	if errors.Is(err, kube.ErrNotFound) {
		d.SetId("")
		return nil
	}
	if err != nil {
		return diag.FromErr(err)
	}
	return show(d, found)
}

func show(d *schema.ResourceData, found *world.ConfigMap) diag.Diagnostics {
	namespace, name := kube.Split(d.Id())
	block := map[string]any{"namespace": namespace, "name": name, "labels": found.Labels, "uid": "00000000-0000-0000-0000-000000000000", "resource_version": "1", "generation": 0}
	for _, field := range []string{"generate_name", "annotations"} {
		if value, ok := d.GetOk("metadata.0." + field); ok {
			block[field] = value
		}
	}
	if err := d.Set("metadata", []any{block}); err != nil {
		return diag.FromErr(err)
	}
	return diag.FromErr(d.Set("data", found.Data))
}

func updateConfigMap(ctx context.Context, d *schema.ResourceData, meta any) diag.Diagnostics {
	before, after := d.GetChange("data")
	err := change("UpdateConfigMap", "patch", d.Id(), meta, func(w *world.World) error {
		return kube.Patch(w, d.Id(), stringsOf(before), stringsOf(after), stringsOf(d.Get("metadata.0.labels")))
	})
	if err != nil {
		return diag.Errorf("Failed to update Config Map: %s", err)
	}
	return readConfigMap(ctx, d, meta)
}

// deleteConfigMap deletes the object, whoever wrote what is in it.
func deleteConfigMap(_ context.Context, d *schema.ResourceData, meta any) diag.Diagnostics {
	err := change("DeleteConfigMap", "delete", d.Id(), meta, func(w *world.World) error { return kube.Delete(w, kube.KeyAt(w, meta.(kube.Caller), d.Id())) })
	if err != nil && !errors.Is(err, kube.ErrNotFound) {
		return diag.FromErr(err)
	}
	return nil
}

// configMapData: a config map that is not there leaves the data source empty.
func configMapData() *schema.Resource {
	computed := func() *schema.Schema {
		return &schema.Schema{Type: schema.TypeMap, Computed: true, Elem: &schema.Schema{Type: schema.TypeString}}
	}
	return &schema.Resource{
		Schema: fields{"metadata": metadata(), "data": computed(), "binary_data": computed(), "immutable": {Type: schema.TypeBool, Computed: true}},
		ReadContext: func(_ context.Context, d *schema.ResourceData, meta any) diag.Diagnostics {
			d.SetId(keyOf(d))
			found, err := get(d.Id(), meta)
			if errors.Is(err, kube.ErrNotFound) {
				return nil
			}
			if err != nil {
				return diag.FromErr(err)
			}
			return show(d, found)
		},
	}
}
