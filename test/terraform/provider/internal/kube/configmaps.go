package kube

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"standin/internal/world"
)

// ErrNotFound is wrapped by the error about a config map that is not there.
var ErrNotFound = errors.New("not found")

// ErrConflict is wrapped by the error about a key that somebody else manages.
var ErrConflict = errors.New("conflict")

func Get(w *world.World, key string) (*world.ConfigMap, error) {
	if m, ok := w.ConfigMaps[key]; ok {
		return m, nil
	}
	return nil, fmt.Errorf("configmaps %q %w", nameOf(key), ErrNotFound)
}

func Create(w *world.World, key string, data, labels map[string]string) error {
	if _, taken := w.ConfigMaps[key]; taken {
		return fmt.Errorf("configmaps %q already exists", nameOf(key))
	}
	w.ConfigMaps[key] = &world.ConfigMap{Data: maps.Clone(data), Labels: maps.Clone(labels)}
	return nil
}

// Patch does what kubernetes_config_map does on an update: it sets and removes the keys that changed and
// leaves the others alone.
func Patch(w *world.World, key string, before, after, labels map[string]string) error {
	m, err := Get(w, key)
	if err != nil {
		return err
	}
	if m.Data == nil {
		m.Data = map[string]string{}
	}
	for name := range before {
		if _, kept := after[name]; !kept {
			delete(m.Data, name)
		}
	}
	maps.Copy(m.Data, after)
	m.Labels = maps.Clone(labels)
	return nil
}

// Apply is a server-side apply by the manager "Terraform": keys it owned and no longer names go, a value
// of another manager is a conflict unless forced (kubernetes.io, server-side-apply; terraform-provider-kubernetes,
// resource_kubernetes_config_map_v1_data.go).
func Apply(w *world.World, key string, data map[string]string, force bool) error {
	m, err := Get(w, key)
	if err != nil {
		return err
	}
	if m.Data == nil {
		m.Data = map[string]string{}
	}
	for _, name := range slices.Sorted(maps.Keys(data)) {
		value, there := m.Data[name]
		if there && value != data[name] && !force && !slices.Contains(m.Owned, name) {
			return fmt.Errorf(`Apply failed with 1 %w: conflict with another manager using v1: .data.%s`, ErrConflict, name)
		}
	}
	for _, name := range m.Owned {
		if _, kept := data[name]; !kept {
			delete(m.Data, name)
		}
	}
	maps.Copy(m.Data, data)
	m.Owned = slices.Sorted(maps.Keys(data))
	return nil
}

func Delete(w *world.World, key string) error {
	if _, err := Get(w, key); err != nil {
		return err
	}
	delete(w.ConfigMaps, key)
	return nil
}

// Split cuts a key into the namespace and the name.
func Split(key string) (namespace, name string) {
	namespace, name, _ = strings.Cut(key, "/")
	return namespace, name
}

func nameOf(key string) string {
	_, name := Split(key)
	return name
}
