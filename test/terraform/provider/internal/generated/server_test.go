package generated

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
	"github.com/zclconf/go-cty/cty"
)

const text = `{
  "resources": {
    "aws_launch_template": {
      "arguments": ["name", "tags"], "reads": ["latest_version", "arn"], "blocks": { "placement": { "arguments": ["tenancy"] } },
      "values": { "latest_version": 1 }, "renewed": ["latest_version"]
    },
    "aws_iam_role": { "arguments": ["name"] },
    "helm_release": { "arguments": ["name"] }
  },
  "data": {
    "aws_ami": { "arguments": ["owners"], "reads": ["image_id"], "blocks": { "filter": { "arguments": ["name", "values"], "lists": ["values"] } } }
  }
}`

func aws(t *testing.T) *server {
	t.Helper()
	path := filepath.Join(t.TempDir(), "schemas.json")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("STANDIN_SCHEMAS", path)
	byHand := &schema.Provider{ResourcesMap: map[string]*schema.Resource{
		"aws_iam_role": {Schema: map[string]*schema.Schema{"name": {Type: schema.TypeString, Optional: true, ForceNew: true}}},
	}}
	return Extend("aws", schema.NewGRPCProviderServer(byHand)).(*server)
}

// plan of what is configured, with what was there before as Terraform proposes it.
func plan(t *testing.T, s *server, name string, prior, proposed cty.Value) (cty.Value, *tfprotov5.PlanResourceChangeResponse) {
	t.Helper()
	k := s.generated.Resources[name]
	out, err := s.PlanResourceChange(context.Background(), &tfprotov5.PlanResourceChangeRequest{
		TypeName: name, PriorState: packed(t, prior, k), ProposedNewState: packed(t, proposed, k),
	})
	if err != nil {
		t.Fatal(err)
	}
	return unpacked(t, out.PlannedState, k), out
}

func apply(t *testing.T, s *server, name string, planned cty.Value) cty.Value {
	t.Helper()
	k := s.generated.Resources[name]
	out, err := s.ApplyResourceChange(context.Background(), &tfprotov5.ApplyResourceChangeRequest{TypeName: name, PlannedState: packed(t, planned, k)})
	if err != nil {
		t.Fatal(err)
	}
	return unpacked(t, out.NewState, k)
}

func packed(t *testing.T, value cty.Value, k *kind) *tfprotov5.DynamicValue {
	t.Helper()
	if value == cty.NilVal {
		value = cty.NullVal(k.impliedType(k.outside, k.inside))
	}
	out, err := encode(value, k)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func unpacked(t *testing.T, value *tfprotov5.DynamicValue, k *kind) cty.Value {
	t.Helper()
	out, err := decode(value, k)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func with(value cty.Value, name string, now cty.Value) cty.Value {
	values := value.AsValueMap()
	values[name] = now
	return cty.ObjectVal(values)
}

func template() cty.Value {
	null := cty.NullVal(cty.DynamicPseudoType)
	return cty.ObjectVal(map[string]cty.Value{
		"name": cty.StringVal("a"), "tags": cty.MapVal(map[string]cty.Value{"team": cty.StringVal("b")}), "latest_version": null, "arn": null, "id": null,
		"placement": cty.TupleVal([]cty.Value{cty.ObjectVal(map[string]cty.Value{"tenancy": cty.StringVal("host")})}),
	})
}

func TestLifeOfAResource(t *testing.T) {
	s := aws(t)
	planned, _ := plan(t, s, "aws_launch_template", cty.NilVal, template())
	if planned.GetAttr("id").IsKnown() || planned.GetAttr("arn").IsKnown() || !planned.GetAttr("name").IsKnown() {
		t.Fatalf("planned %#v", planned)
	}
	state := apply(t, s, "aws_launch_template", planned)
	if !state.IsWhollyKnown() || !state.GetAttr("latest_version").RawEquals(cty.NumberIntVal(1)) {
		t.Fatalf("applied %#v", state)
	}

	sameInOtherTypes := with(state, "tags", cty.ObjectVal(map[string]cty.Value{"team": cty.StringVal("b")}))
	if again, _ := plan(t, s, "aws_launch_template", state, sameInOtherTypes); !again.RawEquals(state) {
		t.Errorf("the same again is %#v", again)
	}
	empty := with(with(state, "placement", cty.EmptyTupleVal), "tags", cty.NullVal(cty.DynamicPseudoType))
	if again, _ := plan(t, s, "aws_launch_template", empty, with(empty, "tags", cty.EmptyObjectVal)); !again.RawEquals(empty) {
		t.Errorf("nothing in place of nothing is %#v", again)
	}
	changed, _ := plan(t, s, "aws_launch_template", state, with(state, "name", cty.StringVal("c")))
	if changed.GetAttr("latest_version").IsKnown() || !changed.GetAttr("arn").RawEquals(state.GetAttr("arn")) {
		t.Errorf("changed %#v", changed)
	}
	if gone, _ := plan(t, s, "aws_launch_template", state, cty.NilVal); !gone.IsNull() {
		t.Errorf("destroyed %#v", gone)
	}
}

func TestDataSource(t *testing.T) {
	s := aws(t)
	k := s.generated.Data["aws_ami"]
	filter := cty.ObjectVal(map[string]cty.Value{"name": cty.StringVal("n"), "values": cty.ListVal([]cty.Value{cty.StringVal("v")})})
	config := cty.ObjectVal(map[string]cty.Value{
		"owners": cty.NullVal(cty.DynamicPseudoType), "image_id": cty.NullVal(cty.DynamicPseudoType), "id": cty.NullVal(cty.DynamicPseudoType),
		"filter": cty.ListVal([]cty.Value{filter}),
	})
	out, err := s.ReadDataSource(context.Background(), &tfprotov5.ReadDataSourceRequest{TypeName: "aws_ami", Config: packed(t, config, k)})
	if err != nil {
		t.Fatal(err)
	}
	found := unpacked(t, out.State, k)
	if found.GetAttr("image_id").IsNull() || !found.GetAttr("owners").IsNull() {
		t.Errorf("found %#v", found)
	}
}

func TestWhatIsServed(t *testing.T) {
	out, err := aws(t).GetProviderSchema(context.Background(), &tfprotov5.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	if out.ResourceSchemas["helm_release"] != nil {
		t.Error("a type of another provider is served")
	}
	for _, attribute := range out.ResourceSchemas["aws_iam_role"].Block.Attributes {
		if attribute.Name == "name" && attribute.Type.String() != "tftypes.String" {
			t.Error("a type that is written by hand is served as generated")
		}
	}
}

func TestTriggersReplace(t *testing.T) {
	t.Setenv("STANDIN_SCHEMAS", "")
	s := Extend("time", schema.NewGRPCProviderServer(&schema.Provider{})).(*server)
	triggers := func(name, endpoint cty.Value) cty.Value {
		return cty.MapVal(map[string]cty.Value{"name": name, "endpoint": endpoint})
	}
	null := cty.NullVal(cty.String)
	config := cty.ObjectVal(map[string]cty.Value{
		"create_duration": cty.StringVal("30s"), "destroy_duration": null, "id": null,
		"triggers": triggers(cty.StringVal("a"), cty.UnknownVal(cty.String)),
	})
	planned, _ := plan(t, s, "time_sleep", cty.NilVal, config)
	if !planned.GetAttr("triggers").Index(cty.StringVal("name")).IsKnown() {
		t.Errorf("one unknown trigger hides the others: %#v", planned)
	}
	state := apply(t, s, "time_sleep", with(planned, "triggers", triggers(cty.StringVal("a"), cty.StringVal("e"))))
	for name, replaces := range map[string]int{"a": 0, "b": 1} {
		_, out := plan(t, s, "time_sleep", state, with(state, "triggers", triggers(cty.StringVal(name), cty.StringVal("e"))))
		if len(out.RequiresReplace) != replaces {
			t.Errorf("%s replaces %v", name, out.RequiresReplace)
		}
	}
}
