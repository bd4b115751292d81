package main

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

var (
	kubeletFolder  = agentFolder + "/pki"
	kubeletKeyFile = kubeletFolder + "/kubelet.key"
	serverCAFile   = agentFolder + "/server-ca.crt"
	clientCAFile   = agentFolder + "/client-ca.crt"
)

// How long a server may take to answer before it counts as not there.
const patience = 5 * time.Second

// join asks the server to let the node in. A short token says nothing about the server's CA, so that it is believed, as
// k3s does then.
func (n *node) join(key *ecdsa.PrivateKey) (*joinAnswer, error) {
	public, err := x509.MarshalPKIXPublicKey(key.Public())
	if err != nil {
		return nil, err
	}
	asked, err := json.Marshal(joinRequest{Node: n.nodeName, Addresses: []string{n.nodeIP, "127.0.0.1"}, Key: string(encode("PUBLIC KEY", public))})
	if err != nil {
		return nil, err
	}
	request, err := n.request(http.MethodPost, joinPath, bytes.NewReader(asked))
	if err != nil {
		return nil, err
	}
	client := supervisorClient()
	client.Timeout = patience
	answer, err := client.Do(request)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(io.LimitReader(answer.Body, 1<<20))
	if err != nil {
		return nil, err
	}
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", answer.Status, strings.TrimSpace(string(text)))
	}
	joined := &joinAnswer{}
	return joined, json.Unmarshal(text, joined)
}

// untilGone returns when the server has gone, or cannot be asked.
func (n *node) untilGone() {
	request, err := n.request(http.MethodGet, alivePath, nil)
	if err != nil {
		return
	}
	if answer, err := supervisorClient().Do(request); err == nil {
		io.Copy(io.Discard, answer.Body)
		answer.Body.Close()
	}
}

func (n *node) request(method, path string, body io.Reader) (*http.Request, error) {
	server, err := url.Parse(n.server)
	if err != nil {
		return nil, err
	}
	address := net.JoinHostPort(server.Hostname(), strconv.Itoa(n.supervisor))
	request, err := http.NewRequest(method, "https://"+address+path, body)
	if err == nil {
		request.SetBasicAuth("node", n.token)
	}
	return request, err
}

func supervisorClient() *http.Client {
	// Keep-alive probes find out when the server's machine has gone without a word.
	dialer := &net.Dialer{Timeout: patience, KeepAliveConfig: net.KeepAliveConfig{Enable: true, Idle: patience, Interval: time.Second, Count: 3}}
	return &http.Client{Transport: &http.Transport{
		DialContext:       dialer.DialContext,
		TLSClientConfig:   &tls.Config{InsecureSkipVerify: true},
		DisableKeepAlives: true,
	}}
}
