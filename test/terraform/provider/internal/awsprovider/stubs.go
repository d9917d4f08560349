package awsprovider

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-sdk/v2/diag"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"

	"standin/internal/eks"
	"standin/internal/world"
)

// stubResources are resources that root modules put next to a cluster and that access does not depend on.
// They live in the Terraform state only. Their calls are not in the log.
func stubResources() map[string]*schema.Resource {
	return map[string]*schema.Resource{
		"aws_iam_role_policy_attachment": stub("", fields{"role": required(), "policy_arn": required()}, false),
		"aws_iam_policy": stub(":iam::ACCOUNT:policy/", fields{
			"name": either(), "name_prefix": optional(), "path": optional(), "policy": required(), "description": optional(),
		}, true),
		"aws_iam_instance_profile": stub(":iam::ACCOUNT:instance-profile/", fields{
			"name": either(), "name_prefix": optional(), "path": optional(), "role": optional(), "unique_id": computed(),
		}, true),
		"aws_iam_openid_connect_provider": stub(":iam::ACCOUNT:oidc-provider/", fields{
			"url": required(), "client_id_list": stringSet(), "thumbprint_list": stringSet(),
		}, true),
		"aws_security_group": stub(":ec2:REGION:ACCOUNT:security-group/", fields{
			"name": either(), "name_prefix": optional(), "description": optional(), "vpc_id": optional(), "revoke_rules_on_delete": flag(),
		}, true),
		"aws_kms_key": stub(":kms:REGION:ACCOUNT:key/", fields{
			"description": optional(), "policy": optional(), "deletion_window_in_days": number(), "enable_key_rotation": flag(),
		}, true),
	}
}

// stub makes one; arn is the middle of the ARN that it shows, if it shows one.
func stub(arn string, s fields, withTags bool) *schema.Resource {
	if arn != "" {
		s["arn"] = computed()
	}
	nothing := func(context.Context, *schema.ResourceData, any) diag.Diagnostics { return nil }
	read := func(_ context.Context, d *schema.ResourceData, meta any) diag.Diagnostics {
		if s["region"] == nil {
			return nil
		}
		return diag.FromErr(world.Read(world.Call{Call: "GetStub"}, func(w *world.World) error {
			setRegion(d, meta.(*session), w.Region)
			return nil
		}))
	}
	r := &schema.Resource{
		Schema: s, Importer: importer(), ReadContext: read, UpdateContext: nothing, DeleteContext: nothing,
		CreateContext: func(_ context.Context, d *schema.ResourceData, meta any) diag.Diagnostics {
			name := "stand-in"
			for _, key := range []string{"name", "name_prefix", "url", "role"} {
				if _, has := s[key]; has && d.Get(key).(string) != "" {
					name = strings.TrimPrefix(d.Get(key).(string), "https://")
					break
				}
			}
			if policy, _ := d.Get("policy_arn").(string); policy != "" {
				name += "-" + lastPart(policy, "/")
			}
			d.SetId(name)
			if _, has := s["name"]; has && d.Get("name").(string) == "" {
				d.Set("name", name+eks.Digest(name)[:6])
			}
			if _, has := s["unique_id"]; has {
				d.Set("unique_id", "AIPA"+eks.Digest(name)[:17])
			}
			if arn == "" {
				return nil
			}
			return diag.FromErr(world.Read(world.Call{Call: "GetStub"}, func(w *world.World) error {
				if s["region"] != nil {
					setRegion(d, meta.(*session), w.Region)
				}
				middle := strings.NewReplacer("ACCOUNT", w.Account, "REGION", w.Region).Replace(arn)
				return d.Set("arn", "arn:"+w.Partition+middle+name)
			}))
		},
	}
	if withTags {
		return tagged(r)
	}
	return r
}
