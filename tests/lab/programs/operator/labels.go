package main

import (
	"context"
	"strings"
)

// Feature discovery sets this on a node with NVIDIA's vendor number on its PCI bus.
var pciLabels = []string{
	"feature.node.kubernetes.io/pci-10de.present",
	"feature.node.kubernetes.io/pci-0300_10de.present",
	"feature.node.kubernetes.io/pci-0302_10de.present",
}

// What a GPU node gets, so that the DaemonSets select it.
var deployed = []string{"operands", "driver", "container-toolkit", "device-plugin", "gpu-feature-discovery", "dcgm", "dcgm-exporter", "node-status-exporter", "operator-validator"}

// labelNodes marks the nodes on which feature discovery found a GPU, unmarks the others, and returns how many it marked. A
// label by which a person keeps something away from a node stays as it is, as the vendor's operator has it.
func (o *operator) labelNodes(ctx context.Context, all []node) (int, error) {
	count := 0
	for _, n := range all {
		gpu := hasGPU(n)
		if gpu {
			count++
		}
		wanted := map[string]any{}
		if gpu {
			wanted["nvidia.com/gpu.present"] = "true"
			for _, name := range deployed {
				name = "nvidia.com/gpu.deploy." + name
				if said := n.Metadata.Labels[name]; said == "" || said == "true" { // another word is somebody's wish
					wanted[name] = "true"
				}
			}
		}
		if marked := n.Metadata.Labels["nvidia.com/gpu.present"] == "true"; marked == gpu && hasAll(n, wanted) {
			continue
		}
		if err := o.apply(ctx, nodes+"/"+n.Metadata.Name, manager, nodeWith(n.Metadata.Name, wanted)); err != nil {
			return 0, err
		}
	}
	return count, nil
}

func hasGPU(n node) bool {
	for _, name := range pciLabels {
		if n.Metadata.Labels[name] == "true" {
			return true
		}
	}
	return false
}

func hasAll(n node, wanted map[string]any) bool {
	for name, value := range wanted {
		if n.Metadata.Labels[name] != value {
			return false
		}
	}
	return true
}

func hasFeatures(n node) bool {
	for name := range n.Metadata.Labels {
		if strings.HasPrefix(name, "feature.node.kubernetes.io/") {
			return true
		}
	}
	return false
}

// nodeWith is what is applied: the labels that its manager wants, and so no others of its own.
func nodeWith(name string, labels map[string]any) object {
	return object{"apiVersion": "v1", "kind": "Node", "metadata": object{"name": name, "labels": labels}}
}
