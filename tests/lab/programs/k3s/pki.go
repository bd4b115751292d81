package main

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"time"
)

const year = 365 * 24 * time.Hour

// authority is a certificate authority whose files are FOLDER/NAME.crt and FOLDER/NAME.key.
type authority struct {
	folder, name string
	certificate  *x509.Certificate
	key          *ecdsa.PrivateKey
}

// holder is whom a certificate is for: a client, or a server where it has names.
type holder struct {
	name   string
	groups []string
	names  []string // DNS names and addresses
}

// openAuthority reads the authority, or makes it where it is not there.
func openAuthority(folder, name string) (*authority, error) {
	a := &authority{folder: folder, name: name}
	if _, err := os.Stat(a.file(".crt")); errors.Is(err, os.ErrNotExist) {
		if err := a.make(); err != nil {
			return nil, err
		}
	}
	certificate, err := readPEM(a.file(".crt"))
	if err != nil {
		return nil, err
	}
	key, err := readPEM(a.file(".key"))
	if err != nil {
		return nil, err
	}
	if a.certificate, err = x509.ParseCertificate(certificate); err != nil {
		return nil, fmt.Errorf("%s: %w", a.file(".crt"), err)
	}
	if a.key, err = x509.ParseECPrivateKey(key); err != nil {
		return nil, fmt.Errorf("%s: %w", a.file(".key"), err)
	}
	return a, nil
}

func (a *authority) file(suffix string) string { return filepath.Join(a.folder, a.name+suffix) }

func (a *authority) make() error {
	key, err := newKey(a.file(".key"))
	if err != nil {
		return err
	}
	template := &x509.Certificate{
		SerialNumber:          serial(),
		Subject:               pkix.Name{CommonName: fmt.Sprintf("k3s-%s@%d", a.name, time.Now().Unix())},
		NotBefore:             time.Now().Add(-time.Hour),
		NotAfter:              time.Now().Add(10 * year),
		KeyUsage:              x509.KeyUsageDigitalSignature | x509.KeyUsageKeyEncipherment | x509.KeyUsageCertSign,
		BasicConstraintsValid: true,
		IsCA:                  true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return err
	}
	return writeFile(a.file(".crt"), encode("CERTIFICATE", der), 0o644)
}

// sign returns a certificate for the holder's public key, with the authority's own behind it, in PEM.
func (a *authority) sign(h holder, public crypto.PublicKey) ([]byte, error) {
	template := &x509.Certificate{
		SerialNumber: serial(),
		Subject:      pkix.Name{CommonName: h.name, Organization: h.groups},
		NotBefore:    time.Now().Add(-time.Hour),
		NotAfter:     time.Now().Add(year),
		KeyUsage:     x509.KeyUsageDigitalSignature | x509.KeyUsageKeyEncipherment,
		ExtKeyUsage:  []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth},
	}
	if len(h.names) > 0 {
		template.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
	}
	for _, name := range h.names {
		if address := net.ParseIP(name); address != nil {
			template.IPAddresses = append(template.IPAddresses, address)
		} else {
			template.DNSNames = append(template.DNSNames, name)
		}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, a.certificate, public, a.key)
	return append(encode("CERTIFICATE", der), encode("CERTIFICATE", a.certificate.Raw)...), err
}

// issue writes NAME.crt and NAME.key for the holder beside the authority, anew at each start.
func (a *authority) issue(name string, h holder) error {
	path := filepath.Join(a.folder, name)
	key, err := newKey(path + ".key")
	if err != nil {
		return err
	}
	certificate, err := a.sign(h, key.Public())
	if err != nil {
		return err
	}
	return writeFile(path+".crt", certificate, 0o644)
}

func newKey(path string) (*ecdsa.PrivateKey, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	der, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		return nil, err
	}
	return key, writeFile(path, encode("EC PRIVATE KEY", der), 0o600)
}

func serial() *big.Int {
	number := make([]byte, 16)
	rand.Read(number)
	number[0] &= 0x7f
	return new(big.Int).SetBytes(number)
}

func encode(kind string, der []byte) []byte {
	var text bytes.Buffer
	pem.Encode(&text, &pem.Block{Type: kind, Bytes: der})
	return text.Bytes()
}

func readPEM(path string) ([]byte, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(text)
	if block == nil {
		return nil, fmt.Errorf("%s: not PEM", path)
	}
	return block.Bytes, nil
}

// writeFile writes beside and renames, so that nobody reads half a file.
func writeFile(path string, text []byte, mode os.FileMode) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	beside := path + ".new"
	if err := os.WriteFile(beside, text, mode); err != nil {
		return err
	}
	if err := os.Chmod(beside, mode); err != nil {
		return err
	}
	return os.Rename(beside, path)
}
