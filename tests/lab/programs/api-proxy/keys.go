package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"time"
)

// keys are what the proxy knows of the cluster: its CAs, and the certificate with which it may speak for others.
type keys struct {
	ca             tls.Certificate
	roots, clients *x509.CertPool
	front          tls.Certificate
}

func openKeys(folder string) (*keys, error) {
	file := func(name string) string { return filepath.Join(folder, name) }
	k := &keys{}
	var err error
	if k.ca, err = tls.LoadX509KeyPair(file("server-ca.crt"), file("server-ca.key")); err != nil {
		return nil, err
	}
	if k.front, err = tls.LoadX509KeyPair(file("client-auth-proxy.crt"), file("client-auth-proxy.key")); err != nil {
		return nil, err
	}
	if k.roots, err = pool(file("server-ca.crt")); err != nil {
		return nil, err
	}
	k.clients, err = pool(file("client-ca.crt"))
	return k, err
}

func pool(path string) (*x509.CertPool, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	found := x509.NewCertPool()
	if !found.AppendCertsFromPEM(text) {
		return nil, fmt.Errorf("%s: no certificate", path)
	}
	return found, nil
}

// serving is a certificate for the address, by the CA that the cluster's clients trust.
func (k *keys) serving(address net.IP) (tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, err
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(time.Now().UnixNano()),
		Subject:      pkix.Name{CommonName: "api-proxy"},
		NotBefore:    time.Now().Add(-time.Hour),
		NotAfter:     time.Now().Add(365 * 24 * time.Hour),
		KeyUsage:     x509.KeyUsageDigitalSignature,
		ExtKeyUsage:  []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		DNSNames:     []string{"localhost"},
		IPAddresses:  []net.IP{address, net.IPv4(127, 0, 0, 1)},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, k.ca.Leaf, key.Public(), k.ca.PrivateKey)
	return tls.Certificate{Certificate: [][]byte{der, k.ca.Certificate[0]}, PrivateKey: key}, err
}
