package world

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

func start(t *testing.T, text string) (read func() *World) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "world.json")
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Setenv("STANDIN_WORLD", path)
	return func() *World {
		w, _, err := load(path)
		if err != nil {
			t.Fatal(err)
		}
		return w
	}
}

func TestCallsAreLoggedInOrderFailedOnesToo(t *testing.T) {
	read := start(t, `{}`)
	Change(Call{Call: "CreateRole", Name: "a"}, func(w *World) error { w.Principals = append(w.Principals, "a"); return nil })
	Change(Call{Call: "CreateRole", Name: "b"}, func(w *World) error {
		w.Principals = append(w.Principals, "b")
		return &APIError{Service: "IAM", Status: 409, Code: "EntityAlreadyExists", Message: "no"}
	})
	Read(Call{Call: "GetRole"}, func(*World) error { return nil })
	w := read()
	if len(w.Calls) != 2 || !w.Calls[0].OK || w.Calls[1].OK || w.Calls[1].N != 2 {
		t.Errorf("calls: %+v", w.Calls)
	}
	if !strings.HasPrefix(w.Calls[1].Error, "operation error IAM: CreateRole, https response error StatusCode: 409") {
		t.Errorf("error: %s", w.Calls[1].Error)
	}
	if len(w.Principals) != 1 {
		t.Errorf("a failed call left something: %v", w.Principals)
	}
}

func TestFaults(t *testing.T) {
	read := start(t, `{"faults": [
		{"call": "CreateRole", "match": "bad", "error": "throttled", "times": 1},
		{"call": "DeleteRole", "kept": true, "error": "lost"}]}`)
	try := func(call, name string) error {
		return Change(Call{Call: call, Name: name}, func(w *World) error { w.Principals = append(w.Principals, name); return nil })
	}
	for _, c := range []struct{ call, name, want string }{
		{"CreateRole", "good", ""}, {"CreateRole", "bad", "throttled"}, {"CreateRole", "bad", ""}, {"DeleteRole", "x", "lost"},
	} {
		if err := try(c.call, c.name); (err == nil) != (c.want == "") || (err != nil && err.Error() != c.want) {
			t.Errorf("%s %s: %v, want %q", c.call, c.name, err, c.want)
		}
	}
	if got := strings.Join(read().Principals, " "); got != "good bad x" {
		t.Errorf("principals: %s", got)
	}
}

func TestACutApply(t *testing.T) {
	start(t, `{"faults": [{"afterCalls": 1, "exit": true}]}`)
	change := func() error { return Change(Call{Call: "X"}, func(*World) error { return nil }) }
	if err := change(); err != nil {
		t.Error(err)
	}
	for range 2 {
		if err := change(); err == nil || err.Error() != "stand-in: apply was cut" {
			t.Errorf("got %v", err)
		}
	}
	if err := Read(Call{Call: "X"}, func(*World) error { return nil }); err != nil {
		t.Errorf("reads go on: %v", err)
	}
}

func TestDelay(t *testing.T) {
	start(t, `{"delays": [{"call": "Slow", "ms": 30}]}`)
	began := time.Now()
	Read(Call{Call: "Slow"}, func(*World) error { return nil })
	if time.Since(began) < 30*time.Millisecond {
		t.Error("did not wait")
	}
}

func TestManyWriters(t *testing.T) {
	read := start(t, `{}`)
	var group sync.WaitGroup
	for range 50 {
		group.Add(1)
		go func() {
			defer group.Done()
			Change(Call{Call: "CreateRole"}, func(w *World) error { w.Principals = append(w.Principals, "x"); return nil })
		}()
	}
	group.Wait()
	if w := read(); len(w.Principals) != 50 || len(w.Calls) != 50 || w.Calls[49].N != 50 {
		t.Errorf("%d principals, %d calls", len(w.Principals), len(w.Calls))
	}
}

func TestFormatKeepsUnknownFieldsAndWritesLists(t *testing.T) {
	w, err := Parse([]byte(`{"note": "<kept>", "clusters": {"c": {}}}`))
	if err != nil {
		t.Fatal(err)
	}
	text, err := w.Format()
	if err != nil {
		t.Fatal(err)
	}
	if !json.Valid(text) || !strings.Contains(string(text), `"note": "<kept>"`) || strings.Contains(string(text), "null") {
		t.Errorf("%s", text)
	}
}

func TestNoWorld(t *testing.T) {
	t.Setenv("STANDIN_WORLD", filepath.Join(t.TempDir(), "none.json"))
	if err := Read(Call{}, nil); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v", err)
	}
}
