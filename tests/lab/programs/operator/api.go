package main

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
)

const account = "/var/run/secrets/kubernetes.io/serviceaccount/"

// api is the cluster's API as the pod's ServiceAccount may use it.
type api struct {
	client *http.Client
	base   string
}

type object = map[string]any

var errAbsent = errors.New("not found")

func connect() (*api, error) {
	text, err := os.ReadFile(account + "ca.crt")
	if err != nil {
		return nil, err
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(text)
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}, ForceAttemptHTTP2: true}
	address := net.JoinHostPort(os.Getenv("KUBERNETES_SERVICE_HOST"), os.Getenv("KUBERNETES_SERVICE_PORT"))
	return &api{client: &http.Client{Transport: transport}, base: "https://" + address}, nil
}

// send makes one request and returns the answer, whose body the caller closes.
func (a *api) send(ctx context.Context, method, path, contentType string, body any) (*http.Response, error) {
	text, err := json.Marshal(body)
	if err != nil {
		return nil, err
	}
	return a.sendText(ctx, method, path, contentType, text)
}

func (a *api) sendText(ctx context.Context, method, path, contentType string, text []byte) (*http.Response, error) {
	request, err := http.NewRequestWithContext(ctx, method, a.base+path, bytes.NewReader(text))
	if err != nil {
		return nil, err
	}
	token, err := os.ReadFile(account + "token") // the kubelet renews it
	if err != nil {
		return nil, err
	}
	request.Header.Set("Authorization", "Bearer "+string(token))
	request.Header.Set("Content-Type", contentType)
	answer, err := a.client.Do(request)
	if err != nil {
		return nil, err
	}
	if answer.StatusCode < 300 {
		return answer, nil
	}
	defer answer.Body.Close()
	if answer.StatusCode == http.StatusNotFound {
		return nil, errAbsent
	}
	said, _ := io.ReadAll(io.LimitReader(answer.Body, 4096))
	return nil, fmt.Errorf("%s %s: %s: %s", method, path, answer.Status, said)
}

// get decodes the object at path.
func (a *api) get(ctx context.Context, path string, into any) error {
	answer, err := a.send(ctx, http.MethodGet, path, "application/json", nil)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	return json.NewDecoder(answer.Body).Decode(into)
}

// apply sets the fields of the object that are given, as the field manager that the program is known by.
func (a *api) apply(ctx context.Context, path, manager string, fields object) error {
	path += "?force=true&fieldManager=" + manager
	return a.finish(a.send(ctx, http.MethodPatch, path, "application/apply-patch+yaml", fields))
}

func (a *api) remove(ctx context.Context, path string) error {
	err := a.finish(a.send(ctx, http.MethodDelete, path, "application/json", nil))
	if errors.Is(err, errAbsent) {
		return nil
	}
	return err
}

func (a *api) finish(answer *http.Response, err error) error {
	if err != nil {
		return err
	}
	io.Copy(io.Discard, answer.Body)
	return answer.Body.Close()
}

// watch says on changed that something happened to the objects at path, beginning with those that are there; it returns
// how the watch ended.
func (a *api) watch(ctx context.Context, path string, changed chan<- struct{}) error {
	separator := "?"
	if strings.Contains(path, "?") {
		separator = "&"
	}
	answer, err := a.send(ctx, http.MethodGet, path+separator+"watch=1", "application/json", nil)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	events := json.NewDecoder(answer.Body)
	for {
		var event object
		if err := events.Decode(&event); err != nil {
			return err
		}
		select {
		case changed <- struct{}{}:
		default: // somebody is told already
		}
	}
}
