package awsprovider

import (
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"

	"standin/internal/eks"
	"standin/internal/world"
)

// policyDocumentData turns blocks into JSON; merging of source documents is left out, since nothing here
// reads the result.
func policyDocumentData() *schema.Resource {
	principals := func() *schema.Schema { return block(0, fields{"type": required(), "identifiers": stringSet()}) }
	s := fields{
		"json": computed(), "minified_json": computed(), "version": with(optional(), "2012-10-17"), "policy_id": optional(),
		"source_policy_documents":   {Type: schema.TypeList, Optional: true, Elem: &schema.Schema{Type: schema.TypeString}},
		"override_policy_documents": {Type: schema.TypeList, Optional: true, Elem: &schema.Schema{Type: schema.TypeString}},
		"statement": block(0, fields{
			"sid": optional(), "effect": with(optional(), "Allow"), "actions": stringSet(), "not_actions": stringSet(), "resources": stringSet(), "not_resources": stringSet(),
			"principals": principals(), "not_principals": principals(),
			"condition": block(0, fields{"test": required(), "variable": required(), "values": {Type: schema.TypeList, Required: true, Elem: &schema.Schema{Type: schema.TypeString}}}),
		}),
	}
	return lookup("GetPolicyDocument", s, func(_ *world.World, d *schema.ResourceData, _ *session) (string, map[string]any, error) {
		statements := []any{}
		for _, item := range d.Get("statement").([]any) {
			statement := map[string]any{}
			for name, value := range item.(map[string]any) {
				put(statement, name, value)
			}
			statements = append(statements, statement)
		}
		document := map[string]any{"Version": d.Get("version"), "Statement": statements}
		pretty, _ := json.MarshalIndent(document, "", "  ")
		small, _ := json.Marshal(document)
		return eks.Digest(string(small)), map[string]any{"json": string(pretty), "minified_json": string(small)}, nil
	})
}

func put(statement map[string]any, name string, value any) {
	names := map[string]string{
		"sid": "Sid", "effect": "Effect", "actions": "Action", "not_actions": "NotAction", "resources": "Resource", "not_resources": "NotResource",
		"principals": "Principal", "not_principals": "NotPrincipal",
	}
	switch v := value.(type) {
	case string:
		if v != "" {
			statement[names[name]] = v
		}
	case *schema.Set:
		if v.Len() > 0 {
			statement[names[name]] = stringsOf(v)
		}
	case []any:
		inner := map[string]any{}
		for _, item := range v {
			m := item.(map[string]any)
			if name == "condition" {
				tests, _ := inner[m["test"].(string)].(map[string]any)
				if tests == nil {
					tests = map[string]any{}
				}
				tests[m["variable"].(string)] = m["values"]
				inner[m["test"].(string)] = tests
				continue
			}
			inner[m["type"].(string)] = stringsOf(m["identifiers"])
		}
		if len(inner) > 0 && name == "condition" {
			statement["Condition"] = inner
		} else if len(inner) > 0 {
			statement[names[name]] = inner
		}
	}
}
