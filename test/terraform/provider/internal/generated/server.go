package generated

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/zclconf/go-cty/cty"
	ctyjson "github.com/zclconf/go-cty/cty/json"
	"github.com/zclconf/go-cty/cty/msgpack"

	"standin/internal/eks"
)

// server answers for the generated types and hands all others to the provider that is written by hand. Generated resources live in
// the Terraform state alone, and nothing that they change replaces them.
type server struct {
	tfprotov5.ProviderServer
	name      string
	generated schemas
}

// Extend adds the types that a module uses and the provider of that name does not know.
func Extend(name string, byHand tfprotov5.ProviderServer) tfprotov5.ProviderServer {
	generated, err := load(name)
	if err != nil {
		panic("stand-in: STANDIN_SCHEMAS: " + err.Error())
	}
	if len(generated.Resources)+len(generated.Data) == 0 {
		return byHand
	}
	s := &server{ProviderServer: byHand, name: name, generated: generated}
	// What the provider has itself is better.
	known, err := byHand.GetProviderSchema(context.Background(), &tfprotov5.GetProviderSchemaRequest{})
	if err != nil {
		panic("stand-in: " + err.Error())
	}
	maps.DeleteFunc(generated.Resources, func(name string, _ *kind) bool { return known.ResourceSchemas[name] != nil })
	maps.DeleteFunc(generated.Data, func(name string, _ *kind) bool { return known.DataSourceSchemas[name] != nil })
	return s
}

func (s *server) GetProviderSchema(ctx context.Context, in *tfprotov5.GetProviderSchemaRequest) (*tfprotov5.GetProviderSchemaResponse, error) {
	out, err := s.ProviderServer.GetProviderSchema(ctx, in)
	if err != nil {
		return out, err
	}
	for name, k := range s.generated.Resources {
		out.ResourceSchemas[name] = k.schema()
	}
	for name, k := range s.generated.Data {
		out.DataSourceSchemas[name] = k.schema()
	}
	return out, nil
}

func (s *server) ValidateResourceTypeConfig(ctx context.Context, in *tfprotov5.ValidateResourceTypeConfigRequest) (*tfprotov5.ValidateResourceTypeConfigResponse, error) {
	if s.generated.Resources[in.TypeName] == nil {
		return s.ProviderServer.ValidateResourceTypeConfig(ctx, in)
	}
	return &tfprotov5.ValidateResourceTypeConfigResponse{}, nil
}

func (s *server) ValidateDataSourceConfig(ctx context.Context, in *tfprotov5.ValidateDataSourceConfigRequest) (*tfprotov5.ValidateDataSourceConfigResponse, error) {
	if s.generated.Data[in.TypeName] == nil {
		return s.ProviderServer.ValidateDataSourceConfig(ctx, in)
	}
	return &tfprotov5.ValidateDataSourceConfigResponse{}, nil
}

func (s *server) UpgradeResourceState(ctx context.Context, in *tfprotov5.UpgradeResourceStateRequest) (*tfprotov5.UpgradeResourceStateResponse, error) {
	k := s.generated.Resources[in.TypeName]
	if k == nil {
		return s.ProviderServer.UpgradeResourceState(ctx, in)
	}
	value, err := ctyjson.Unmarshal(in.RawState.JSON, k.impliedType(k.outside, k.inside))
	if err != nil {
		return nil, err
	}
	state, err := encode(value, k)
	return &tfprotov5.UpgradeResourceStateResponse{UpgradedState: state}, err
}

func (s *server) ReadResource(ctx context.Context, in *tfprotov5.ReadResourceRequest) (*tfprotov5.ReadResourceResponse, error) {
	if s.generated.Resources[in.TypeName] == nil {
		return s.ProviderServer.ReadResource(ctx, in)
	}
	return &tfprotov5.ReadResourceResponse{NewState: in.CurrentState, Private: in.Private}, nil
}

// PlanResourceChange: of a new one all is unknown that the configuration leaves out; an update keeps what was there.
func (s *server) PlanResourceChange(ctx context.Context, in *tfprotov5.PlanResourceChangeRequest) (*tfprotov5.PlanResourceChangeResponse, error) {
	k := s.generated.Resources[in.TypeName]
	if k == nil {
		return s.ProviderServer.PlanResourceChange(ctx, in)
	}
	prior, err := decode(in.PriorState, k)
	if err != nil {
		return nil, err
	}
	proposed, err := decode(in.ProposedNewState, k)
	if err != nil {
		return nil, err
	}
	// The older type system may plan what differs from the configuration in its type alone.
	out := &tfprotov5.PlanResourceChangeResponse{PlannedState: in.PriorState, PlannedPrivate: in.PriorPrivate, UnsafeToUseLegacyTypeSystem: true}
	if proposed.IsNull() || !prior.IsNull() && alike(prior, waiting(proposed, prior)) {
		if proposed.IsNull() {
			out.PlannedState = in.ProposedNewState
		}
		return out, nil
	}
	proposed, err = fill(proposed, func(name string, now cty.Value) (cty.Value, error) {
		if !prior.IsNull() && slices.Contains(k.replacing, name) && !alike(prior.GetAttr(name), now) {
			out.RequiresReplace = append(out.RequiresReplace, tftypes.NewAttributePath().WithAttributeName(name))
		}
		isNew := prior.IsNull() && now.IsNull()
		if slices.Contains(k.Reads, name) && (isNew || !prior.IsNull() && slices.Contains(k.Renewed, name)) {
			_, t := k.outside(&k.block, name)
			return cty.UnknownVal(t), nil
		}
		if !prior.IsNull() && alike(prior.GetAttr(name), now) {
			return prior.GetAttr(name), nil
		}
		return now, nil
	})
	if err != nil {
		return nil, err
	}
	out.PlannedState, err = encode(proposed, k)
	return out, err
}

// waiting as long as before: to the SDK, other timeouts are no change by themselves.
func waiting(proposed, prior cty.Value) cty.Value {
	values := proposed.AsValueMap()
	if _, has := values["timeouts"]; has {
		values["timeouts"] = prior.GetAttr("timeouts")
	}
	return cty.ObjectVal(values)
}

// alike: to the SDK, on which the real ones are built, what is absent is the same as what is empty, zero or false. And an argument has
// one type there, so that "2" is 2, and a map and an object, or a list and a tuple, of the same values are the same.
func alike(a, b cty.Value) bool {
	if !a.IsWhollyKnown() || !b.IsWhollyKnown() {
		return a.RawEquals(b)
	}
	return reflect.DeepEqual(plain(a), plain(b))
}

// plain is a value without types, and without what is empty.
func plain(value cty.Value) any {
	text, err := ctyjson.Marshal(value, value.Type())
	if err != nil {
		panic("stand-in: " + err.Error())
	}
	var out any
	if err := json.Unmarshal(text, &out); err != nil {
		panic("stand-in: " + err.Error())
	}
	return withoutEmpty(out)
}

func withoutEmpty(value any) any {
	switch v := value.(type) {
	case map[string]any:
		for name, inner := range v {
			if v[name] = withoutEmpty(inner); v[name] == nil {
				delete(v, name)
			}
		}
		if len(v) == 0 {
			return nil
		}
	case []any:
		for i := range v {
			v[i] = withoutEmpty(v[i])
		}
		if len(v) == 0 {
			return nil
		}
	case string, bool, float64:
		if reflect.ValueOf(v).IsZero() {
			return nil
		}
		return fmt.Sprint(v)
	}
	return value
}

func (s *server) ApplyResourceChange(ctx context.Context, in *tfprotov5.ApplyResourceChangeRequest) (*tfprotov5.ApplyResourceChangeResponse, error) {
	k := s.generated.Resources[in.TypeName]
	if k == nil {
		return s.ProviderServer.ApplyResourceChange(ctx, in)
	}
	planned, err := decode(in.PlannedState, k)
	if err != nil {
		return nil, err
	}
	if !planned.IsNull() {
		id := "stand-in-" + eks.Digest(in.TypeName + planned.GoString())[:12]
		planned, err = fill(planned, func(name string, now cty.Value) (cty.Value, error) {
			if now.IsKnown() {
				return now, nil
			}
			return k.value(name, in.TypeName, id)
		})
		if err != nil {
			return nil, err
		}
	}
	state, err := encode(planned, k)
	return &tfprotov5.ApplyResourceChangeResponse{NewState: state, Private: in.PlannedPrivate, UnsafeToUseLegacyTypeSystem: true}, err
}

func (s *server) ReadDataSource(ctx context.Context, in *tfprotov5.ReadDataSourceRequest) (*tfprotov5.ReadDataSourceResponse, error) {
	k := s.generated.Data[in.TypeName]
	if k == nil {
		return s.ProviderServer.ReadDataSource(ctx, in)
	}
	config, err := decode(in.Config, k)
	if err != nil {
		return nil, err
	}
	found, err := fill(config, func(name string, now cty.Value) (cty.Value, error) {
		if !now.IsNull() || !slices.Contains(k.Reads, name) {
			return now, nil
		}
		return k.value(name, in.TypeName, "stand-in")
	})
	if err != nil {
		return nil, err
	}
	state, err := encode(found, k)
	return &tfprotov5.ReadDataSourceResponse{State: state}, err
}

// fill goes through the attributes of the outermost block.
func fill(object cty.Value, of func(name string, now cty.Value) (cty.Value, error)) (cty.Value, error) {
	values := object.AsValueMap()
	for name, now := range values {
		value, err := of(name, now)
		if err != nil {
			return cty.NilVal, err
		}
		values[name] = value
	}
	return cty.ObjectVal(values), nil
}

func decode(value *tfprotov5.DynamicValue, k *kind) (cty.Value, error) {
	return msgpack.Unmarshal(value.MsgPack, k.impliedType(k.outside, k.inside))
}

func encode(value cty.Value, k *kind) (*tfprotov5.DynamicValue, error) {
	packed, err := msgpack.Marshal(value, k.impliedType(k.outside, k.inside))
	return &tfprotov5.DynamicValue{MsgPack: packed}, err
}
