package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"sync"
)

// rule says what is done to which requests.
type rule struct {
	Kind         string // cut, delay, 429, 500, truncate, refuse
	Verb         string // "" is any
	Path         string // a regular expression; "" is any
	Times        int    // how many requests more; 0: all
	Bytes        int    // cut, truncate: of the body, before its end
	Milliseconds int    // delay
	RetryAfter   int    // 429: seconds

	path *regexp.Regexp
	left int
}

type rules struct {
	mutex sync.Mutex
	all   []*rule
}

func (r *rules) add(one *rule) error {
	switch one.Kind {
	case "cut", "delay", "429", "500", "truncate", "refuse":
	default:
		return fmt.Errorf("unknown kind of fault `%s`", one.Kind)
	}
	var err error
	if one.path, err = regexp.Compile(one.Path); err != nil {
		return err
	}
	one.left = one.Times
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.all = append(r.all, one)
	return nil
}

func (r *rules) clear() {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.all = nil
}

// match returns the first rule for the request that is not used up, and uses it once.
func (r *rules) match(verb, path string) *rule {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	for _, one := range r.all {
		if one.Verb != "" && one.Verb != verb || !one.path.MatchString(path) || one.Times > 0 && one.left == 0 {
			continue
		}
		one.left--
		return one
	}
	return nil
}

// refuse answers as the API server does when it is too busy, or broken.
func (r *rule) refuse(answer http.ResponseWriter) {
	code, reason, message := 500, "InternalError", "the lab was told to answer so"
	details := map[string]any{}
	if r.Kind == "429" {
		code, reason = 429, "TooManyRequests"
		details["retryAfterSeconds"] = r.RetryAfter
		answer.Header().Set("Retry-After", strconv.Itoa(r.RetryAfter))
	}
	answer.Header().Set("Content-Type", "application/json")
	answer.WriteHeader(code)
	json.NewEncoder(answer).Encode(map[string]any{
		"kind": "Status", "apiVersion": "v1", "metadata": map[string]any{}, "status": "Failure",
		"message": message, "reason": reason, "details": details, "code": code,
	})
}

// verbOf is the API's name for what a request does.
func verbOf(r *http.Request) string {
	query := r.URL.Query()
	switch r.Method {
	case http.MethodGet:
		if watch := query.Get("watch"); watch == "1" || watch == "true" {
			return "watch"
		}
		if isCollection(r.URL.Path) {
			return "list"
		}
		return "get"
	case http.MethodPost:
		return "create"
	case http.MethodPut:
		return "update"
	case http.MethodDelete:
		if isCollection(r.URL.Path) {
			return "deletecollection"
		}
		return "delete"
	}
	return strings.ToLower(r.Method)
}

// isCollection: the path names a resource and no object of it.
func isCollection(path string) bool {
	parts := strings.Split(strings.Trim(path, "/"), "/")
	switch {
	case len(parts) > 2 && parts[0] == "api":
		parts = parts[2:]
	case len(parts) > 3 && parts[0] == "apis":
		parts = parts[3:]
	default:
		return false
	}
	if parts[0] == "namespaces" && len(parts) > 2 {
		parts = parts[2:]
	}
	return len(parts) == 1
}
