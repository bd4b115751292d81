package main

import (
	"os"
	"path/filepath"
)

// product is what this program stands in for, by the name it is called by. RKE2 is made of k3s: what differs is where things lie.
type product struct {
	name, version string
	data          string // folder of all state
	tools         string // of the programs that it brings along, below data
	// Folders of CNI's configuration and programs; RKE2 leaves the network to others, and so containerd's own ones as they are.
	network, plugins string
}

var products = map[string]product{
	"k3s": {
		name: "k3s", version: "v1.35.4+k3s1", data: "/var/lib/rancher/k3s", tools: "data/current/bin",
		network: "/var/lib/rancher/k3s/agent/etc/cni/net.d", plugins: "/var/lib/rancher/k3s/data/current/bin",
	},
	"rke2": {name: "rke2", version: "v1.35.4+rke2r1", data: "/var/lib/rancher/rke2", tools: "bin", network: "/etc/cni/net.d"},
}

var this = named(filepath.Base(os.Args[0]))

// named is k3s for its links, too.
func named(program string) product {
	if found, known := products[program]; known {
		return found
	}
	return products["k3s"]
}
