package main

import (
	"encoding/base64"
	"fmt"
	"os"
)

const kubeconfigText = `apiVersion: v1
clusters:
- cluster:
    certificate-authority-data: %s
    server: %s
  name: default
contexts:
- context:
    cluster: default
    user: default
  name: default
current-context: default
kind: Config
users:
- name: default
  user:
    client-certificate-data: %s
    client-key-data: %s
`

// kubeconfig is the text of one for a server, by the files of its CA and of a client.
func kubeconfig(server, caFile, certificateFile, keyFile string) ([]byte, error) {
	var data [3]string
	for i, path := range []string{caFile, certificateFile, keyFile} {
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		data[i] = base64.StdEncoding.EncodeToString(text)
	}
	return fmt.Appendf(nil, kubeconfigText, data[0], server, data[1], data[2]), nil
}
