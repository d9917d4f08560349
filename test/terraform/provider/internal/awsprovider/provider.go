// Package awsprovider stands in for hashicorp/aws, as far as EKS access needs it. It is built on the
// plugin SDK v2 and not on the newer framework because the real one's EKS and IAM resources are: an absent
// access_config block whose values are computed, ForceNew inside blocks, `[]` against absent for
// kubernetes_groups come out right only with the SDK's planning. Attributes follow
// github.com/hashicorp/terraform-provider-aws, internal/service/{eks,iam,sts,meta}.
package awsprovider

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-sdk/v2/diag"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"

	"standin/internal/world"
)

// session is one configured provider block.
type session struct {
	major       int
	role        string // assumed by the provider block; empty: the world's runner
	region      string // empty: the world's
	defaultTags map[string]string
}

// caller is the IAM identity that calls, as an IAM ARN.
func (s *session) caller(w *world.World) string {
	if s.role != "" {
		return s.role
	}
	return w.Runner
}

// New makes the provider as its major version 5 or 6.
func New(major int) *schema.Provider {
	p := &schema.Provider{
		Schema: providerSchema(),
		// What a module says of itself to the API's log.
		ProviderMetaSchema: fields{"user_agent": {Type: schema.TypeList, Optional: true, Elem: &schema.Schema{Type: schema.TypeString}}},
		ResourcesMap: map[string]*schema.Resource{
			"aws_eks_cluster":                   clusterResource(),
			"aws_eks_access_entry":              entryResource(),
			"aws_eks_access_policy_association": associationResource(),
			"aws_eks_node_group":                nodeGroupResource(),
			"aws_eks_fargate_profile":           fargateProfileResource(),
		},
		DataSourcesMap: map[string]*schema.Resource{
			"aws_region":           regionData(),
			"aws_eks_cluster":      clusterData(),
			"aws_eks_cluster_auth": clusterAuthData(),
			"aws_eks_access_entry": entryData(),
		},
	}
	for _, r := range p.ResourcesMap {
		regional(r, major)
	}
	for _, r := range p.DataSourcesMap {
		regional(r, major)
	}
	// IAM and the caller have no region.
	for name, r := range map[string]*schema.Resource{"aws_iam_role": roleResource(), "aws_iam_user": userResource()} {
		p.ResourcesMap[name] = r
	}
	for name, r := range stubResources() {
		if !strings.HasPrefix(name, "aws_iam_") {
			regional(r, major)
		}
		p.ResourcesMap[name] = r
	}
	for name, r := range globalData() {
		p.DataSourcesMap[name] = r
	}
	p.ConfigureContextFunc = func(_ context.Context, d *schema.ResourceData) (any, diag.Diagnostics) {
		s := &session{major: major, region: d.Get("region").(string), defaultTags: map[string]string{}}
		if role, ok := d.Get("assume_role.0.role_arn").(string); ok {
			s.role = role
		}
		tags, _ := d.Get("default_tags.0.tags").(map[string]any)
		for name, value := range tags {
			s.defaultTags[name], _ = value.(string)
		}
		return s, nil
	}
	return p
}

func providerSchema() fields {
	s := fields{
		"default_tags": block(1, fields{"tags": stringMap()}),
		"ignore_tags":  block(1, fields{"keys": stringSet(), "key_prefixes": stringSet()}),
		"assume_role": block(0, fields{
			"role_arn": optional(), "session_name": optional(), "external_id": optional(), "duration": optional(), "policy": optional(),
			"policy_arns": stringSet(), "source_identity": optional(), "tags": stringMap(), "transitive_tag_keys": stringSet(),
		}),
		"assume_role_with_web_identity": block(1, fields{
			"role_arn": optional(), "session_name": optional(), "web_identity_token": optional(), "web_identity_token_file": optional(),
			"duration": optional(), "policy": optional(), "policy_arns": stringSet(),
		}),
		"endpoints":   block(0, fields{"eks": optional(), "iam": optional(), "sts": optional(), "ec2": optional(), "s3": optional()}),
		"max_retries": number(),
	}
	for _, name := range strings.Fields("region profile access_key secret_key token sts_region retry_mode http_proxy https_proxy no_proxy custom_ca_bundle ec2_metadata_service_endpoint") {
		s[name] = optional()
	}
	for _, name := range strings.Fields("allowed_account_ids forbidden_account_ids shared_config_files shared_credentials_files") {
		s[name] = stringSet()
	}
	for _, name := range strings.Fields("insecure s3_use_path_style skip_credentials_validation skip_metadata_api_check skip_region_validation skip_requesting_account_id use_dualstack_endpoint use_fips_endpoint") {
		s[name] = flag()
	}
	return s
}
