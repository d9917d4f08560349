package awsprovider

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-sdk/v2/diag"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"

	"standin/internal/eks"
	"standin/internal/world"
)

// Roles and users: what counts is that their ARN, path included, is among the principals.

func roleResource() *schema.Resource {
	return tagged(iamResource("Role", fields{
		"assume_role_policy": required(), "description": optional(), "permissions_boundary": optional(), "force_detach_policies": flag(),
		"max_session_duration": with(number(), 3600), "managed_policy_arns": alsoComputed(stringSet()), "create_date": computed(),
		"inline_policy": alsoComputed(block(0, fields{"name": optional(), "policy": optional()})), "name_prefix": forceNew(either()),
	}))
}

func userResource() *schema.Resource {
	return tagged(iamResource("User", fields{"force_destroy": flag(), "permissions_boundary": optional()}))
}

// suffixed is the name that the SDK makes from a prefix: the time and a counter.
func suffixed(prefix any, n int) string { return fmt.Sprintf("%s20260101%018d", prefix, n) }

func iamResource(what string, s fields) *schema.Resource {
	s["name"], s["path"] = forceNew(either()), forceNew(with(optional(), "/"))
	s["arn"], s["unique_id"] = computed(), computed()
	arnOf := func(w *world.World, d *schema.ResourceData) string {
		return "arn:" + w.Partition + ":iam::" + w.Account + ":" + strings.ToLower(what) + d.Get("path").(string) + d.Id()
	}
	read := func(_ context.Context, d *schema.ResourceData, _ any) (problems diag.Diagnostics) {
		err := world.Read(world.Call{Call: "Get" + what, Name: d.Id()}, func(w *world.World) error {
			arn := arnOf(w, d)
			// An import knows the name only; the principals know the path.
			if found := named(w, strings.ToLower(what), d.Id()); d.Get("arn").(string) == "" && found != "" {
				arn = found
			}
			if !slices.Contains(w.Principals, arn) {
				d.SetId("")
				return nil
			}
			path := strings.TrimSuffix(arn[strings.Index(arn, "/"):], d.Id())
			problems = set(d, map[string]any{"name": d.Id(), "path": path, "arn": arn, "unique_id": uniqueID(what, arn)})
			if what == "Role" {
				problems = append(problems, settle(d, map[string]any{"create_date": someday, "managed_policy_arns": []any{}, "inline_policy": []any{}})...)
			}
			return nil
		})
		return append(problems, diag.FromErr(err)...)
	}
	return &schema.Resource{
		Schema: s, Importer: importer(), ReadContext: read, UpdateContext: read,
		CreateContext: func(ctx context.Context, d *schema.ResourceData, meta any) diag.Diagnostics {
			name := d.Get("name").(string)
			prefix, generated := d.GetOk("name_prefix")
			if generated = generated && name == ""; generated {
				name = suffixed(prefix, 1)
			}
			c := world.Call{Call: "Create" + what, Name: name}
			err := world.Change(c, func(w *world.World) error {
				// Two with one prefix, as the cluster's role and the workers' are in 17.x, get a name each.
				for n := 2; generated && named(w, strings.ToLower(what), name) != ""; n++ {
					name = suffixed(prefix, n)
				}
				d.SetId(name)
				arn := arnOf(w, d)
				if named(w, strings.ToLower(what), name) != "" {
					return &world.APIError{Service: "IAM", Status: 409, Code: "EntityAlreadyExists", Message: what + " with name " + name + " already exists."}
				}
				w.Principals = append(w.Principals, arn)
				return nil
			})
			if err != nil {
				d.SetId("")
				return diag.Errorf("creating IAM %s (%s): %s", what, name, err)
			}
			return read(ctx, d, meta)
		},
		// The access entries of a deleted principal stay behind: user guide, creating-access-entries.
		DeleteContext: func(_ context.Context, d *schema.ResourceData, _ any) diag.Diagnostics {
			err := world.Change(world.Call{Call: "Delete" + what, Name: d.Id()}, func(w *world.World) error {
				w.Principals = slices.DeleteFunc(w.Principals, func(arn string) bool { return arn == d.Get("arn").(string) })
				return nil
			})
			return diag.FromErr(err)
		},
	}
}

// named is the ARN of the account's role or user of that name: IAM names are unique without the path.
func named(w *world.World, kind, name string) string {
	all := append([]string{w.Runner}, w.Principals...)
	i := slices.IndexFunc(all, func(arn string) bool {
		return strings.HasPrefix(arn, "arn:"+w.Partition+":iam::"+w.Account+":"+kind+"/") && strings.HasSuffix(arn, "/"+name)
	})
	if i < 0 {
		return ""
	}
	return all[i]
}

func uniqueID(what, arn string) string {
	return map[string]string{"Role": "AROA", "User": "AIDA"}[what] + eks.Digest(arn)[:17]
}
