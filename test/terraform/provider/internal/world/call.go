package world

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"syscall"
	"time"
)

// Call is one request to the cloud. Those that change something are logged in the world, failed ones
// too, since a test of a broken apply needs both.
type Call struct {
	N         int    `json:"n"`
	Call      string `json:"call"`
	Cluster   string `json:"cluster,omitempty"`
	Principal string `json:"principal,omitempty"`
	Name      string `json:"name,omitempty"` // of a config map, a role
	Policy    string `json:"policy,omitempty"`
	Mode      string `json:"mode,omitempty"`
	OK        bool   `json:"ok"`
	Error     string `json:"error,omitempty"`
}

// Fault makes calls fail. Two forms:
//   - {"call", "match", "error", "times"}: calls of that name whose cluster, principal, name or policy
//     contains "match". No "times" is always. "kept" true: the change is made all the same, the answer lost.
//   - {"afterCalls": n, "exit": true}: every call that changes something fails once n are in the log,
//     which is what a killed apply looks like.
type Fault struct {
	Call       string `json:"call,omitempty"`
	Match      string `json:"match,omitempty"`
	Error      string `json:"error,omitempty"`
	Times      *int   `json:"times,omitempty"`
	Used       int    `json:"used,omitempty"`
	Kept       bool   `json:"kept,omitempty"`
	AfterCalls *int   `json:"afterCalls,omitempty"`
	Exit       bool   `json:"exit,omitempty"`
}

type Delay struct {
	Call string `json:"call"`
	Ms   int    `json:"ms"`
}

// APIError prints as the AWS SDK for Go v2 prints a service's error.
type APIError struct {
	Service, Operation string
	Status             int
	Code, Message      string
}

func (e *APIError) Error() string {
	return fmt.Sprintf("operation error %s: %s, https response error StatusCode: %d, RequestID: 00000000-0000-0000-0000-000000000000, %s: %s",
		e.Service, e.Operation, e.Status, e.Code, e.Message)
}

// IsCode says whether an error is the service's error of that code.
func IsCode(err error, code string) bool {
	var api *APIError
	return errors.As(err, &api) && api.Code == code
}

// Read runs a call that changes nothing.
func Read(c Call, look func(*World) error) error { return run(c, false, look) }

// Change runs a call that changes the world, or fails and leaves it as it was.
func Change(c Call, change func(*World) error) error { return run(c, true, change) }

func run(c Call, changes bool, work func(*World) error) error {
	path, err := Path()
	if err != nil {
		return err
	}
	if err := wait(path, c.Call); err != nil {
		return err
	}
	return locked(path, func() error {
		w, text, err := load(path)
		if err != nil {
			return err
		}
		fault := w.fault(c, changes)
		failure := error(nil)
		if fault == nil || fault.Kept {
			failure = work(w)
		}
		if failure != nil {
			// What a failed call may have begun is not kept; what a fault used up is.
			if w, err = Parse(text); err != nil {
				return err
			}
		} else if fault != nil {
			failure = errors.New(fault.text())
		}
		name(failure, c)
		if changes {
			c.N, c.OK = len(w.Calls)+1, failure == nil
			if failure != nil {
				c.Error = failure.Error()
			}
			w.Calls = append(w.Calls, c)
		}
		if changes || fault != nil {
			if err := save(path, w); err != nil {
				return err
			}
		}
		return failure
	})
}

// fault finds the first one that hits a call, and counts it.
func (w *World) fault(c Call, changes bool) *Fault {
	for _, f := range w.Faults {
		switch {
		case f.AfterCalls != nil && (!changes || len(w.Calls) < *f.AfterCalls):
		case f.AfterCalls == nil && f.Call == "":
		case f.Call != "" && f.Call != c.Call:
		case f.Times != nil && f.Used >= *f.Times:
		case !strings.Contains(strings.Join([]string{c.Cluster, c.Principal, c.Name, c.Policy}, "\n"), f.Match):
		default:
			f.Used++
			return f
		}
	}
	return nil
}

func (f *Fault) text() string {
	switch {
	case f.Error != "":
		return f.Error
	case f.Exit:
		return "stand-in: apply was cut"
	}
	return "stand-in: fault"
}

// name completes an error with the operation, which the rules need not know.
func name(err error, c Call) {
	var api *APIError
	if errors.As(err, &api) && api.Operation == "" {
		api.Operation = c.Call
	}
}

// wait comes before the lock, so that a slow call does not hold up the others.
func wait(path, call string) error {
	w, _, err := load(path)
	if err != nil {
		return err
	}
	for _, d := range w.Delays {
		if d.Call == call {
			time.Sleep(time.Duration(d.Ms) * time.Millisecond)
		}
	}
	return nil
}

// locked holds a lock that the system drops when the process dies. The world itself cannot carry it,
// since it is replaced by a rename.
func locked(path string, work func() error) error {
	lock, err := os.OpenFile(path+".lock", os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return err
	}
	defer lock.Close()
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX); err != nil {
		return err
	}
	return work()
}
