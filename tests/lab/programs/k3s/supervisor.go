package main

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
)

// joinRequest is what a node sends to be let in; joinAnswer what it gets. (k3s has a request for each file; a node of the
// lab needs one.)
type joinRequest struct {
	Node      string
	Addresses []string
	Key       string // public, PEM
}

type joinAnswer struct {
	Cluster            string // tells clusters apart that have stood at one address
	ServerCA, ClientCA string
	Client, Serving    string // the kubelet's certificates
}

const (
	joinPath  = "/v1-k3s/join"
	alivePath = "/v1-k3s/alive"
)

// supervisor lets nodes in that know the token.
type supervisor struct {
	*pki
	cluster string
	token   string
	gone    <-chan struct{}
}

// supervise serves it for as long as the control plane runs.
func (c *controlPlane) supervise(p *pki) error {
	o := c.options
	if o.token == "" {
		o.token = rand.Text()
	}
	if err := writeFile(o.folder("token"), []byte(o.token+"\n"), 0o600); err != nil {
		return err
	}
	digest := sha256.Sum256(p.serverCA.certificate.Raw)
	s := &supervisor{pki: p, cluster: hex.EncodeToString(digest[:]), token: o.token, gone: c.context.Done()}
	listening, err := net.Listen("tcp", net.JoinHostPort(o.bind, strconv.Itoa(o.supervisor)))
	if err != nil {
		return err
	}
	requests := http.NewServeMux()
	requests.HandleFunc("POST "+joinPath, s.join)
	requests.HandleFunc("GET "+alivePath, s.alive)
	go func() {
		c.fail(http.ServeTLS(listening, requests, o.tls("serving-kube-apiserver.crt"), o.tls("serving-kube-apiserver.key")))
	}()
	return nil
}

func (s *supervisor) join(answer http.ResponseWriter, request *http.Request) {
	_, token, _ := request.BasicAuth()
	if subtle.ConstantTimeCompare([]byte(token), []byte(s.token)) != 1 {
		http.Error(answer, "the token is not this cluster's", http.StatusUnauthorized)
		return
	}
	var asked joinRequest
	err := json.NewDecoder(http.MaxBytesReader(answer, request.Body, 1<<16)).Decode(&asked)
	if err == nil {
		err = s.let(answer, asked)
	}
	if err != nil {
		http.Error(answer, err.Error(), http.StatusBadRequest)
	}
}

func (s *supervisor) let(answer http.ResponseWriter, asked joinRequest) error {
	block, _ := pem.Decode([]byte(asked.Key))
	if block == nil || asked.Node == "" || strings.ContainsAny(asked.Node, "/: ") {
		return errors.New("a node's name and its public key in PEM are wanted")
	}
	key, err := x509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		return err
	}
	name := "system:node:" + asked.Node
	client, err := s.clientCA.sign(holder{name: name, groups: []string{"system:nodes"}}, key)
	if err != nil {
		return err
	}
	serving, err := s.serverCA.sign(holder{name: asked.Node, names: append(asked.Addresses, asked.Node)}, key)
	if err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "certificates signed for node %s\n", asked.Node)
	return json.NewEncoder(answer).Encode(joinAnswer{
		Cluster:  s.cluster,
		ServerCA: string(encode("CERTIFICATE", s.serverCA.certificate.Raw)),
		ClientCA: string(encode("CERTIFICATE", s.clientCA.certificate.Raw)),
		Client:   string(client),
		Serving:  string(serving),
	})
}

// alive holds the connection open until the server goes, so that a node hears of it.
func (s *supervisor) alive(answer http.ResponseWriter, request *http.Request) {
	answer.WriteHeader(http.StatusOK)
	http.NewResponseController(answer).Flush()
	select {
	case <-s.gone:
	case <-request.Context().Done():
	}
}
