package awsprovider

import (
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"

	"standin/internal/eks"
	"standin/internal/world"
)

func regionData() *schema.Resource {
	s := fields{"name": either(), "endpoint": either(), "description": computed(), "id": computed()}
	return lookup("GetRegion", s, func(w *world.World, d *schema.ResourceData, s *session) (string, map[string]any, error) {
		region := s.region
		if region == "" {
			region = w.Region
		}
		if given := d.Get("name").(string); given != "" {
			region = given
		}
		if s.major >= 6 {
			if given := d.Get("region").(string); given != "" {
				region = given
			}
			d.Set("region", region)
		}
		return region, map[string]any{"name": region, "endpoint": "ec2." + region + ".amazonaws.com", "description": region}, nil
	})
}

func clusterData() *schema.Resource {
	s := clusterAttributes()
	s["name"], s["version"], s["role_arn"] = required(), computed(), computed()
	s["access_config"] = computedBlock(fields{"authentication_mode": computed(), "bootstrap_cluster_creator_admin_permissions": {Type: schema.TypeBool, Computed: true}})
	s["vpc_config"] = computedBlock(fields{"vpc_id": computed(), "cluster_security_group_id": computed()})
	s["tags"] = alsoComputed(stringMap())
	return lookup("DescribeCluster", s, func(w *world.World, d *schema.ResourceData, _ *session) (string, map[string]any, error) {
		name := d.Get("name").(string)
		c, err := eks.Cluster(w, name)
		if err != nil {
			return "", nil, errorf("reading EKS Cluster (%s): couldn't find resource", name)
		}
		values := describe(w, name, c)
		values["version"] = c.Version
		values["access_config"] = []any{map[string]any{"authentication_mode": c.Mode, "bootstrap_cluster_creator_admin_permissions": false}}
		values["vpc_config"] = []any{map[string]any{"vpc_id": "vpc-0123456789abcdef0", "cluster_security_group_id": "sg-0123456789abcdef0"}}
		return name, values, nil
	})
}

// clusterAuthData never calls the cluster: a token for a name that does not exist is made all the same.
func clusterAuthData() *schema.Resource {
	secret := computed()
	secret.Sensitive = true
	s := fields{"name": required(), "token": secret}
	return lookup("GetClusterToken", s, func(w *world.World, d *schema.ResourceData, s *session) (string, map[string]any, error) {
		return d.Get("name").(string), map[string]any{"token": token(s.caller(w))}, nil
	})
}

func entryData() *schema.Resource {
	s := fields{
		"cluster_name": required(), "principal_arn": required(), "access_entry_arn": computed(), "created_at": computed(), "modified_at": computed(),
		"type": computed(), "user_name": computed(), "kubernetes_groups": {Type: schema.TypeSet, Computed: true, Elem: &schema.Schema{Type: schema.TypeString}},
	}
	return lookup("DescribeAccessEntry", s, func(w *world.World, d *schema.ResourceData, _ *session) (string, map[string]any, error) {
		cluster, principal := d.Get("cluster_name").(string), d.Get("principal_arn").(string)
		e, err := eks.Entry(w, cluster, principal)
		if err != nil {
			return "", nil, errorf("reading EKS Access Entry (%s:%s): %s", cluster, principal, err)
		}
		return cluster + ":" + principal, entryValues(w, cluster, principal, e), nil
	})
}
