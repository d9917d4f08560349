// Package generated serves resource types and data sources whose schemas were read off the text of a module: which arguments and
// blocks it writes and which attributes it reads. STANDIN_SCHEMAS names the file (test/terraform/real-module/schemas.ts writes it).
// Attributes have no type there, so they take any value; that is what the SDK cannot do and the protocol can.
package generated

import (
	"encoding/json"
	"os"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/zclconf/go-cty/cty"
	ctyjson "github.com/zclconf/go-cty/cty/json"
)

type block struct {
	Arguments []string          `json:"arguments"`
	Lists     []string          `json:"lists"`
	Reads     []string          `json:"reads"`
	Blocks    map[string]*block `json:"blocks"`
}

// kind is a resource type or a data source.
type kind struct {
	block
	Values    map[string]json.RawMessage `json:"values"`
	Renewed   []string                   `json:"renewed"`
	Sensitive []string                   `json:"sensitive"`
	// replacing arguments make a new one when they change.
	replacing []string
	outside   typing
	inside    typing
}

// sleep is written by hand and here all the same: each of its triggers is known or unknown for itself, which a map of the SDK cannot
// be. The module reads the version of Kubernetes out of it, and counts with that.
func sleep() *kind {
	return &kind{
		block: block{Arguments: []string{"create_duration", "destroy_duration", "triggers"}, Reads: []string{"id"}}, replacing: []string{"triggers"},
		outside: func(_ *block, name string) (tftypes.Type, cty.Type) {
			if name == "triggers" {
				return tftypes.Map{ElementType: tftypes.String}, cty.Map(cty.String)
			}
			return tftypes.String, cty.String
		},
	}
}

type schemas struct {
	Resources map[string]*kind `json:"resources"`
	Data      map[string]*kind `json:"data"`
}

// load gives the types of one provider: its own, and those of the file, if one is named.
func load(provider string) (schemas, error) {
	all := schemas{}
	if path := os.Getenv("STANDIN_SCHEMAS"); path != "" {
		text, err := os.ReadFile(path)
		if err == nil {
			err = json.Unmarshal(text, &all)
		}
		if err != nil {
			return all, err
		}
	}
	for _, kinds := range []map[string]*kind{all.Resources, all.Data} {
		for name, k := range kinds {
			if !strings.HasPrefix(name, provider+"_") {
				delete(kinds, name)
			} else if !slices.Contains(k.Reads, "id") {
				k.Reads = append(k.Reads, "id")
			}
			k.outside, k.inside = anyType, anyType
		}
	}
	for _, k := range all.Data {
		k.inside = textOrList
	}
	if provider == "time" {
		all.Resources = map[string]*kind{"time_sleep": sleep()}
	}
	return all, nil
}

func (k *kind) schema() *tfprotov5.Schema {
	out := k.block.schema(k.outside, k.inside)
	for _, attribute := range out.Attributes {
		attribute.Sensitive = slices.Contains(k.Sensitive, attribute.Name)
	}
	return &tfprotov5.Schema{Block: out}
}

// typing gives the attributes inside of blocks their types.
type typing func(b *block, name string) (tftypes.Type, cty.Type)

func anyType(*block, string) (tftypes.Type, cty.Type) {
	return tftypes.DynamicPseudoType, cty.DynamicPseudoType
}

// textOrList: Terraform up to now panics at a data source that waits for the apply and has a block with an attribute of any type.
func textOrList(b *block, name string) (tftypes.Type, cty.Type) {
	if slices.Contains(b.Lists, name) {
		return tftypes.List{ElementType: tftypes.String}, cty.List(cty.String)
	}
	return tftypes.String, cty.String
}

// schema of the protocol. Every block is a list: sets differ in order alone, which nothing here depends on.
func (b *block) schema(of, inside typing) *tfprotov5.SchemaBlock {
	out := &tfprotov5.SchemaBlock{}
	for _, name := range b.attributes() {
		t, _ := of(b, name)
		out.Attributes = append(out.Attributes, &tfprotov5.SchemaAttribute{
			Name: name, Type: t, Optional: true, Computed: slices.Contains(b.Reads, name),
		})
	}
	for name, inner := range b.Blocks {
		out.BlockTypes = append(out.BlockTypes, &tfprotov5.SchemaNestedBlock{
			TypeName: name, Block: inner.schema(inside, inside), Nesting: tfprotov5.SchemaNestedBlockNestingModeList,
		})
	}
	return out
}

func (b *block) attributes() []string {
	names := slices.Concat(b.Arguments, b.Reads)
	slices.Sort(names)
	if names = slices.Compact(names); len(names) == 0 {
		// Terraform types a block without attributes as a list, and one with any as a tuple.
		return []string{"nothing"}
	}
	return names
}

// impliedType is what Terraform encodes values as: a block with attributes of any type is of any type itself.
func (b *block) impliedType(of, inside typing) cty.Type {
	types := map[string]cty.Type{}
	for _, name := range b.attributes() {
		_, types[name] = of(b, name)
	}
	for name, inner := range b.Blocks {
		if types[name] = cty.List(inner.impliedType(inside, inside)); types[name].HasDynamicTypes() {
			types[name] = cty.DynamicPseudoType
		}
	}
	return cty.Object(types)
}

// value of an attribute that the configuration leaves out.
func (k *kind) value(name, typeName, id string) (cty.Value, error) {
	if given, ok := k.Values[name]; ok {
		t, err := ctyjson.ImpliedType(given)
		if err != nil {
			return cty.NilVal, err
		}
		return ctyjson.Unmarshal(given, t)
	}
	if name == "arn" {
		return cty.StringVal("arn:aws:stand-in:eu-west-1:111122223333:" + typeName + "/" + id), nil
	}
	return cty.StringVal(id), nil
}
