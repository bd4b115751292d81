package main

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"
)

// counted is one request: what was asked, and for how long the client had to wait.
type counted struct {
	Verb, Path, Query string
	begin, end        time.Time // end is zero while it lasts
}

type counts struct {
	mutex sync.Mutex
	all   []*counted
}

// begin counts a request and returns what is to be called, once or more, when it is answered.
func (c *counts) begin(verb string, url *url.URL) func() {
	one := &counted{Verb: verb, Path: url.Path, Query: url.RawQuery, begin: time.Now()}
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.all = append(c.all, one)
	return func() {
		c.mutex.Lock()
		defer c.mutex.Unlock()
		if one.end.IsZero() {
			one.end = time.Now()
		}
	}
}

func (c *counts) clear() {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.all = nil
}

// depth is the longest chain of requests of which each began when the one before had been answered: that many round trips
// a client has waited for at the least.
func depth(all []counted) int {
	slices.SortFunc(all, func(a, b counted) int { return a.end.Compare(b.end) })
	chain, free := 0, time.Time{}
	for _, one := range all {
		if !one.end.IsZero() && one.begin.After(free) {
			chain++
			free = one.end
		}
	}
	return chain
}

// report is {requests, depth, verbs: {get: 2, ...}, log: [{Verb, Path, Query}, ...]}.
func (c *counts) report() any {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	verbs := map[string]int{}
	log := []counted{}
	for _, one := range c.all {
		verbs[one.Verb]++
		log = append(log, *one)
	}
	chain := depth(slices.Clone(log))
	return map[string]any{"requests": len(log), "depth": chain, "verbs": verbs, "log": log}
}

// control is what tests speak to: POST and DELETE /faults, GET and DELETE /counts.
func (p *proxy) control() http.Handler {
	requests := http.NewServeMux()
	requests.HandleFunc("POST /faults", func(answer http.ResponseWriter, request *http.Request) {
		one := &rule{}
		err := json.NewDecoder(request.Body).Decode(one)
		if err == nil {
			err = p.rules.add(one)
		}
		if err != nil {
			http.Error(answer, err.Error(), http.StatusBadRequest)
		}
	})
	requests.HandleFunc("DELETE /faults", func(http.ResponseWriter, *http.Request) { p.rules.clear() })
	requests.HandleFunc("GET /counts", func(answer http.ResponseWriter, _ *http.Request) {
		out := json.NewEncoder(answer)
		out.SetIndent("", "  ")
		out.Encode(p.counts.report())
	})
	requests.HandleFunc("DELETE /counts", func(http.ResponseWriter, *http.Request) { p.counts.clear() })
	return requests
}
