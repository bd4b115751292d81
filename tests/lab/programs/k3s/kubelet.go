package main

import (
	"encoding/json"
	"fmt"
	"strings"
)

var (
	kubeletConfig     = agentFolder + "/etc/kubelet.json"
	kubeletKubeconfig = agentFolder + "/kubelet.kubeconfig"
)

// writeKubelet writes what the kubelet starts with.
func (n *node) writeKubelet(joined *joinAnswer) error {
	client, serving := kubeletFolder+"/client-kubelet.crt", kubeletFolder+"/serving-kubelet.crt"
	for path, text := range map[string]string{
		serverCAFile: joined.ServerCA,
		clientCAFile: joined.ClientCA,
		client:       joined.Client,
		serving:      joined.Serving,
	} {
		if err := writeFile(path, []byte(text), 0o644); err != nil {
			return err
		}
	}
	access, err := kubeconfig(n.server, serverCAFile, client, kubeletKeyFile)
	if err != nil {
		return err
	}
	if err := writeFile(kubeletKubeconfig, access, 0o600); err != nil {
		return err
	}
	taints, err := readTaints(n.taints)
	if err != nil {
		return err
	}
	text, err := json.MarshalIndent(kubeletConfiguration(taints, serving), "", "  ")
	if err != nil {
		return err
	}
	return writeFile(kubeletConfig, text, 0o600)
}

type object = map[string]any

func kubeletConfiguration(taints []object, serving string) object {
	return object{
		"apiVersion": "kubelet.config.k8s.io/v1beta1",
		"kind":       "KubeletConfiguration",
		"authentication": object{
			"anonymous": object{"enabled": false},
			"webhook":   object{"enabled": true},
			"x509":      object{"clientCAFile": clientCAFile},
		},
		"authorization":            object{"mode": "Webhook"},
		"tlsCertFile":              serving,
		"tlsPrivateKeyFile":        kubeletKeyFile,
		"containerRuntimeEndpoint": "unix://" + socket,
		"registerWithTaints":       taints,
		"clusterDNS":               []string{"10.43.0.10"},
		"clusterDomain":            "cluster.local",
		"evictionHard":             object{"imagefs.available": "1%", "nodefs.available": "1%"},
		"serializeImagePulls":      false,
		// A machine of the lab is a container itself: its control groups and its swap are the host's.
		"cgroupDriver":           "cgroupfs",
		"failCgroupV1":           false,
		"failSwapOn":             false,
		"makeIPTablesUtilChains": false,
	}
}

func readTaints(texts []string) ([]object, error) {
	taints := []object{}
	for _, text := range texts {
		rest, effect, found := strings.Cut(text, ":")
		if !found {
			return nil, fmt.Errorf("node-taint: `%s` is not KEY=VALUE:EFFECT", text)
		}
		key, value, _ := strings.Cut(rest, "=")
		taints = append(taints, object{"key": key, "value": value, "effect": effect})
	}
	return taints, nil
}

func (n *node) kubeletFlags() []string {
	return []string{
		"--config=" + kubeletConfig,
		"--kubeconfig=" + kubeletKubeconfig,
		"--hostname-override=" + n.nodeName,
		"--node-ip=" + n.nodeIP,
		"--node-labels=" + n.labels.String(),
	}
}
