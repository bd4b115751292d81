package main

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httputil"
	"os"
	"strings"
	"time"
)

// proxy passes requests on, counts them and spoils those that a rule matches.
type proxy struct {
	*httputil.ReverseProxy
	rules  rules
	counts counts
}

func newProxy(k *keys, upstream string) *proxy {
	p := &proxy{}
	own := &tls.Config{RootCAs: k.roots, Certificates: []tls.Certificate{k.front}}
	other := &tls.Config{RootCAs: k.roots}
	p.ReverseProxy = &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.Out.URL.Scheme, r.Out.URL.Host = "https", upstream
			r.Out.Host = r.In.Host
			introduce(r)
		},
		Transport:      &transport{own: connections(own), other: connections(other)},
		FlushInterval:  -1, // a watch must not wait for more
		ModifyResponse: spoil,
		ErrorHandler:   drop,
		ErrorLog:       log.New(os.Stderr, "api-proxy: ", 0),
	}
	return p
}

func connections(config *tls.Config) *http.Transport {
	return &http.Transport{TLSClientConfig: config, ForceAttemptHTTP2: true, DisableCompression: true, MaxIdleConnsPerHost: 32}
}

// introduce says who the client is that has shown a certificate; nobody else may say it.
func introduce(r *httputil.ProxyRequest) {
	for name := range r.Out.Header {
		if strings.HasPrefix(name, "X-Remote-") {
			r.Out.Header.Del(name)
		}
	}
	if len(r.In.TLS.PeerCertificates) == 0 {
		return
	}
	subject := r.In.TLS.PeerCertificates[0].Subject
	r.Out.Header.Set("X-Remote-User", subject.CommonName)
	for _, group := range subject.Organization {
		r.Out.Header.Add("X-Remote-Group", group)
	}
}

// transport speaks with the proxy's own certificate for a client that has shown one, and without for the others.
type transport struct{ own, other *http.Transport }

func (t *transport) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Header.Get("X-Remote-User") != "" {
		return t.own.RoundTrip(r)
	}
	return t.other.RoundTrip(r)
}

type key int

const (
	connectionKey key = iota
	ruleKey
)

// remember keeps the client's connection at hand, so that it can be cut.
func remember(ctx context.Context, connection net.Conn) context.Context {
	return context.WithValue(ctx, connectionKey, connection)
}

// cut ends the client's connection without a word, as a lost link does.
func cut(r *http.Request) {
	r.Context().Value(connectionKey).(*tls.Conn).NetConn().Close()
}

func (p *proxy) ServeHTTP(answer http.ResponseWriter, request *http.Request) {
	verb := verbOf(request)
	done := p.counts.begin(verb, request.URL)
	rule := p.rules.match(verb, request.URL.Path)
	recorder := &recorder{ResponseWriter: answer, first: func() {
		if verb == "watch" {
			done() // what follows is no answer to wait for
		}
	}}
	defer done()
	if rule == nil {
		p.ReverseProxy.ServeHTTP(recorder, request)
		return
	}
	switch rule.Kind {
	case "refuse":
		cut(request)
		panic(http.ErrAbortHandler)
	case "429", "500":
		rule.refuse(recorder)
	case "delay":
		select {
		case <-time.After(time.Duration(rule.Milliseconds) * time.Millisecond):
		case <-request.Context().Done():
			return
		}
		p.ReverseProxy.ServeHTTP(recorder, request)
	default:
		p.ReverseProxy.ServeHTTP(recorder, request.WithContext(context.WithValue(request.Context(), ruleKey, rule)))
	}
}

// spoil ends the body early where the rule wants it: `cut` with the connection, `truncate` as if that were all.
func spoil(answer *http.Response) error {
	rule, _ := answer.Request.Context().Value(ruleKey).(*rule)
	if rule == nil {
		return nil
	}
	answer.Header.Del("Content-Length")
	answer.ContentLength = -1
	body := &shortened{ReadCloser: answer.Body, left: rule.Bytes, end: func() error { return io.EOF }}
	if rule.Kind == "cut" {
		body.end = func() error {
			cut(answer.Request)
			return errCut
		}
	}
	answer.Body = body
	return nil
}

var errCut = errors.New("cut as told")

// shortened is a body that ends early.
type shortened struct {
	io.ReadCloser
	left int
	end  func() error
}

func (s *shortened) Read(into []byte) (int, error) {
	if s.left <= 0 {
		return 0, s.end()
	}
	size, err := s.ReadCloser.Read(into[:min(len(into), s.left)])
	s.left -= size
	return size, err
}

// drop ends the connection of a client whose request could not be passed on.
func drop(_ http.ResponseWriter, request *http.Request, _ error) {
	cut(request)
	panic(http.ErrAbortHandler)
}

// recorder tells when the answer begins.
type recorder struct {
	http.ResponseWriter
	first func()
}

func (r *recorder) WriteHeader(status int) {
	r.ResponseWriter.WriteHeader(status)
	r.first()
}

func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }
