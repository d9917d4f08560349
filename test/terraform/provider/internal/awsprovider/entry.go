package awsprovider

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-sdk/v2/diag"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/validation"

	"standin/internal/eks"
	"standin/internal/world"
)

func entryResource() *schema.Resource {
	kind := forceNew(with(optional(), "STANDARD"))
	kind.ValidateFunc = validation.StringInSlice([]string{"EC2", "EC2_LINUX", "EC2_WINDOWS", "FARGATE_LINUX", "HYBRID_LINUX", "STANDARD"}, false)
	return tagged(&schema.Resource{
		CreateContext: createEntry, ReadContext: readEntry, UpdateContext: updateEntry, DeleteContext: deleteEntry,
		Importer: importer(), Timeouts: timeouts(false),
		Schema: fields{
			"cluster_name": forceNew(required()), "principal_arn": arn(forceNew(required())), "type": kind,
			"user_name": either(), "kubernetes_groups": alsoComputed(stringSet()),
			"access_entry_arn": computed(), "created_at": computed(), "modified_at": computed(),
		},
	})
}

func arn(s *schema.Schema) *schema.Schema {
	s.ValidateFunc = func(value any, name string) (warnings []string, problems []error) {
		if text := value.(string); strings.Count(text, ":") < 5 || !strings.HasPrefix(text, "arn:") {
			problems = append(problems, errorf("%q (%s) is an invalid ARN: arn: invalid prefix", name, text))
		}
		return warnings, problems
	}
	return s
}

// createEntry sends an empty set of groups as nothing at all, and so does the real provider: only the
// update that the next plan wants shows the mistake on a node entry.
func createEntry(ctx context.Context, d *schema.ResourceData, meta any) diag.Diagnostics {
	in := eks.EntryInput{
		Cluster: d.Get("cluster_name").(string), Principal: d.Get("principal_arn").(string), Type: d.Get("type").(string),
		Username: d.Get("user_name").(string), Groups: stringsOf(d.Get("kubernetes_groups")),
	}
	id := in.Cluster + ":" + in.Principal
	err := world.Change(world.Call{Call: "CreateAccessEntry", Cluster: in.Cluster, Principal: in.Principal}, func(w *world.World) error {
		return eks.CreateEntry(w, in)
	})
	if err != nil {
		return diag.Errorf("creating EKS Access Entry (%s): %s", id, err)
	}
	d.SetId(id)
	return readEntry(ctx, d, meta)
}

func readEntry(_ context.Context, d *schema.ResourceData, meta any) (problems diag.Diagnostics) {
	cluster, principal, problems := entryID(d.Id())
	if problems != nil {
		return problems
	}
	err := world.Read(world.Call{Call: "DescribeAccessEntry", Cluster: cluster, Principal: principal}, func(w *world.World) error {
		e, err := eks.Entry(w, cluster, principal)
		if err != nil {
			return err
		}
		problems = set(d, entryValues(w, cluster, principal, e))
		setRegion(d, meta.(*session), w.Region)
		return nil
	})
	if eks.NotFound(err) && !d.IsNewResource() {
		d.SetId("")
		return nil
	}
	if err != nil {
		return diag.Errorf("reading EKS Access Entry (%s): %s", d.Id(), err)
	}
	return problems
}

func entryValues(w *world.World, cluster, principal string, e *world.Entry) map[string]any {
	// The real ARN ends in kind/account/name/uuid.
	parts := strings.SplitN(principal, ":", 6)
	kind, name, _ := strings.Cut(parts[5], "/")
	return map[string]any{
		"access_entry_arn": strings.Join([]string{"arn", w.Partition, "eks", w.Region, w.Account, "access-entry/" + cluster}, ":") +
			"/" + kind + "/" + parts[4] + "/" + lastPart(name, "/") + "/" + strings.ToLower(eks.Digest(principal)),
		"cluster_name": cluster, "principal_arn": principal, "type": e.Type, "user_name": e.Username, "kubernetes_groups": e.Groups,
		"created_at": someday, "modified_at": someday,
	}
}

// updateEntry always sends both the user name and the groups, which is what makes `kubernetes_groups = []`
// on a node entry fail (terraform-aws-eks#2896).
func updateEntry(ctx context.Context, d *schema.ResourceData, meta any) diag.Diagnostics {
	cluster, principal, problems := entryID(d.Id())
	if problems != nil {
		return problems
	}
	if d.HasChangesExcept("tags", "tags_all") {
		err := world.Change(world.Call{Call: "UpdateAccessEntry", Cluster: cluster, Principal: principal}, func(w *world.World) error {
			return eks.UpdateEntry(w, cluster, principal, d.Get("user_name").(string), stringsOf(d.Get("kubernetes_groups")))
		})
		if err != nil {
			return diag.Errorf("updating EKS Access Entry (%s): %s", d.Id(), err)
		}
	}
	return readEntry(ctx, d, meta)
}

func deleteEntry(_ context.Context, d *schema.ResourceData, _ any) diag.Diagnostics {
	cluster, principal, problems := entryID(d.Id())
	if problems != nil {
		return problems
	}
	err := world.Change(world.Call{Call: "DeleteAccessEntry", Cluster: cluster, Principal: principal}, func(w *world.World) error {
		return eks.DeleteEntry(w, cluster, principal)
	})
	if err != nil && !eks.NotFound(err) {
		return diag.Errorf("deleting EKS Access Entry (%s): %s", d.Id(), err)
	}
	return nil
}

func entryID(id string) (cluster, principal string, problems diag.Diagnostics) {
	cluster, principal, ok := strings.Cut(id, ":")
	if !ok || cluster == "" || principal == "" {
		return "", "", diag.Errorf("unexpected format for ID (%s), expected cluster-name:principal-arn", id)
	}
	return cluster, principal, nil
}
