package awsprovider

import (
	"context"
	"regexp"
	"strings"

	"github.com/hashicorp/terraform-plugin-sdk/v2/diag"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"

	"standin/internal/world"
)

// lookup makes a data source that reads the world.
func lookup(call string, s fields, read func(*world.World, *schema.ResourceData, *session) (string, map[string]any, error)) *schema.Resource {
	return &schema.Resource{Schema: s, ReadContext: func(_ context.Context, d *schema.ResourceData, meta any) (problems diag.Diagnostics) {
		err := world.Read(world.Call{Call: call}, func(w *world.World) error {
			id, values, err := read(w, d, meta.(*session))
			if err != nil {
				return err
			}
			problems = set(d, values)
			d.SetId(id)
			return nil
		})
		return append(problems, diag.FromErr(err)...)
	}}
}

func globalData() map[string]*schema.Resource {
	return map[string]*schema.Resource{
		"aws_partition":           partitionData(),
		"aws_caller_identity":     callerData(),
		"aws_iam_session_context": sessionContextData(),
		"aws_iam_role":            iamNameData("role", fields{"path": computed(), "assume_role_policy": computed(), "create_date": computed(), "description": computed(), "unique_id": computed(), "permissions_boundary": computed(), "max_session_duration": {Type: schema.TypeInt, Computed: true}, "tags": alsoComputed(stringMap())}),
		"aws_iam_user":            iamNameData("user", fields{"path": computed(), "user_id": computed(), "permissions_boundary": computed(), "tags": alsoComputed(stringMap())}),
		"aws_iam_roles":           rolesData(),
		"aws_iam_policy_document": policyDocumentData(),
	}
}

func partitionData() *schema.Resource {
	s := fields{"partition": computed(), "dns_suffix": computed(), "reverse_dns_prefix": computed()}
	return lookup("GetPartition", s, func(w *world.World, _ *schema.ResourceData, _ *session) (string, map[string]any, error) {
		suffix, reverse := "amazonaws.com", "com.amazonaws"
		if w.Partition == "aws-cn" {
			suffix, reverse = "amazonaws.com.cn", "cn.com.amazonaws"
		}
		return w.Partition, map[string]any{"partition": w.Partition, "dns_suffix": suffix, "reverse_dns_prefix": reverse}, nil
	})
}

// callerData shows a role by the ARN of its session, which has no path.
func callerData() *schema.Resource {
	s := fields{"account_id": computed(), "arn": computed(), "user_id": computed()}
	return lookup("GetCallerIdentity", s, func(w *world.World, _ *schema.ResourceData, s *session) (string, map[string]any, error) {
		arn := s.caller(w)
		account := strings.SplitN(arn, ":", 6)[4]
		user := uniqueID("User", arn)
		if strings.Contains(arn, ":role/") {
			user = uniqueID("Role", arn) + ":stand-in"
			arn = "arn:" + w.Partition + ":sts::" + account + ":assumed-role/" + lastPart(arn, "/") + "/stand-in"
		}
		return account, map[string]any{"account_id": account, "arn": arn, "user_id": user}, nil
	})
}

// sessionContextData finds the role of a session by its name, and so its path.
func sessionContextData() *schema.Resource {
	s := fields{"arn": required(), "issuer_arn": computed(), "issuer_id": computed(), "issuer_name": computed(), "session_name": computed()}
	return lookup("GetRole", s, func(w *world.World, d *schema.ResourceData, s *session) (string, map[string]any, error) {
		arn := d.Get("arn").(string)
		_, rest, isSession := strings.Cut(arn, ":assumed-role/")
		if !isSession {
			return arn, map[string]any{"issuer_arn": arn, "issuer_id": "", "issuer_name": "", "session_name": ""}, nil
		}
		name, session, _ := strings.Cut(rest, "/")
		role := named(w, "role", name)
		if assumed := s.caller(w); role == "" && strings.HasSuffix(assumed, "/"+name) {
			role = assumed
		}
		if role == "" {
			return "", nil, errorf("unable to get role (%s): couldn't find resource", name)
		}
		return arn, map[string]any{"issuer_arn": role, "issuer_id": uniqueID("Role", role), "issuer_name": name, "session_name": session}, nil
	})
}

func iamNameData(kind string, s fields) *schema.Resource {
	key := map[string]string{"role": "name", "user": "user_name"}[kind]
	s[key], s["arn"] = required(), computed()
	what := strings.ToUpper(kind[:1]) + kind[1:]
	return lookup("Get"+what, s, func(w *world.World, d *schema.ResourceData, _ *session) (string, map[string]any, error) {
		name := d.Get(key).(string)
		arn := named(w, kind, name)
		if arn == "" {
			return "", nil, errorf("reading IAM %s (%s): couldn't find resource", what, name)
		}
		values := map[string]any{"arn": arn, "path": strings.TrimSuffix(arn[strings.Index(arn, "/"):], name)}
		values[map[string]string{"role": "unique_id", "user": "user_id"}[kind]] = uniqueID(what, arn)
		return name, values, nil
	})
}

// rolesData: the expression is matched anywhere in the name, the path is a prefix, as in the real one.
func rolesData() *schema.Resource {
	computedSet := &schema.Schema{Type: schema.TypeSet, Computed: true, Elem: &schema.Schema{Type: schema.TypeString}}
	s := fields{"name_regex": optional(), "path_prefix": optional(), "arns": computedSet, "names": computedSet}
	return lookup("ListRoles", s, func(w *world.World, d *schema.ResourceData, caller *session) (string, map[string]any, error) {
		name, err := regexp.Compile(d.Get("name_regex").(string))
		if err != nil {
			return "", nil, err
		}
		account := strings.SplitN(caller.caller(w)+"::::", ":", 6)[4]
		prefix := "arn:" + w.Partition + ":iam::" + account + ":role" + d.Get("path_prefix").(string)
		arns, names := []string{}, []string{}
		for _, arn := range append([]string{w.Runner}, w.Principals...) {
			if strings.HasPrefix(arn, prefix) && strings.Contains(arn, ":role/") && name.MatchString(lastPart(arn, "/")) {
				arns, names = append(arns, arn), append(names, lastPart(arn, "/"))
			}
		}
		return w.Region, map[string]any{"arns": arns, "names": names}, nil
	})
}
