package awsprovider

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-sdk/v2/diag"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"

	"standin/internal/eks"
	"standin/internal/world"
)

func errorf(format string, args ...any) error { return fmt.Errorf(format, args...) }

// associationResource has no update: every argument, the scope's too, forces a new one.
func associationResource() *schema.Resource {
	scope := forceNew(block(1, fields{"type": forceNew(required()), "namespaces": forceNew(stringSet())}))
	scope.Optional, scope.Required, scope.MinItems = false, true, 1
	return &schema.Resource{
		CreateContext: createAssociation, ReadContext: readAssociation, DeleteContext: deleteAssociation,
		Importer: importer(), Timeouts: timeouts(false),
		Schema: fields{
			"cluster_name": forceNew(required()), "principal_arn": arn(forceNew(required())), "policy_arn": arn(forceNew(required())),
			"access_scope": scope, "associated_at": computed(), "modified_at": computed(),
		},
	}
}

func createAssociation(ctx context.Context, d *schema.ResourceData, meta any) diag.Diagnostics {
	cluster, principal := d.Get("cluster_name").(string), d.Get("principal_arn").(string)
	policy := world.Policy{
		Arn: d.Get("policy_arn").(string), ScopeType: d.Get("access_scope.0.type").(string),
		Namespaces: stringsOf(d.Get("access_scope.0.namespaces")),
	}
	id := strings.Join([]string{cluster, principal, policy.Arn}, "#")
	call := world.Call{Call: "AssociateAccessPolicy", Cluster: cluster, Principal: principal, Policy: policy.Arn}
	if err := world.Change(call, func(w *world.World) error { return eks.AssociatePolicy(w, cluster, principal, policy) }); err != nil {
		return diag.Errorf("creating EKS Access Policy Association (%s): %s", id, err)
	}
	d.SetId(id)
	return readAssociation(ctx, d, meta)
}

func readAssociation(_ context.Context, d *schema.ResourceData, meta any) (problems diag.Diagnostics) {
	call, problems := associationID(d.Id())
	if problems != nil {
		return problems
	}
	call.Call = "ListAssociatedAccessPolicies"
	err := world.Read(call, func(w *world.World) error {
		policy, err := eks.AssociatedPolicy(w, call.Cluster, call.Principal, call.Policy)
		if err != nil {
			return err
		}
		problems = set(d, map[string]any{
			"cluster_name": call.Cluster, "principal_arn": call.Principal, "policy_arn": call.Policy, "associated_at": someday, "modified_at": someday,
			"access_scope": []any{map[string]any{"type": policy.ScopeType, "namespaces": policy.Namespaces}},
		})
		setRegion(d, meta.(*session), w.Region)
		return nil
	})
	if eks.NotFound(err) && !d.IsNewResource() {
		d.SetId("")
		return nil
	}
	if err != nil {
		return diag.Errorf("reading EKS Access Policy Association (%s): %s", d.Id(), err)
	}
	return problems
}

func deleteAssociation(_ context.Context, d *schema.ResourceData, _ any) diag.Diagnostics {
	call, problems := associationID(d.Id())
	if problems != nil {
		return problems
	}
	call.Call = "DisassociateAccessPolicy"
	err := world.Change(call, func(w *world.World) error {
		return eks.DisassociatePolicy(w, call.Cluster, call.Principal, call.Policy)
	})
	if err != nil && !eks.NotFound(err) {
		return diag.Errorf("deleting EKS Access Policy Association (%s): %s", d.Id(), err)
	}
	return nil
}

func associationID(id string) (world.Call, diag.Diagnostics) {
	parts := strings.SplitN(id, "#", 3)
	if len(parts) != 3 {
		return world.Call{}, diag.Errorf("unexpected format for ID (%s), expected cluster-name#principal-arn#policy-arn", id)
	}
	return world.Call{Cluster: parts[0], Principal: parts[1], Policy: parts[2]}, nil
}
