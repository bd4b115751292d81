package main

import (
	"maps"
	"strconv"
	"strings"
)

// state is one thing that the operator brings about, by the vendor's name for it.
type state struct {
	name      string // of the DaemonSet
	state     string // as the policy's status names it
	deploy    string // the label that selects its nodes
	enabled   bool
	init      []object
	container object
	volumes   []object
	class     bool // runs under the runtime class, where it needs the driver
}

func (p part) on() bool { return p.Enabled == nil || *p.Enabled }

// imageOr is the image that the policy names, or the one that the operator was started with.
func (p part) imageOr(standard string) string {
	if p.Image == "" || p.Version == "" {
		return standard
	}
	join := ":"
	if strings.HasPrefix(p.Version, "sha256:") {
		join = "@"
	}
	if p.Repository == "" {
		return p.Image + join + p.Version
	}
	return p.Repository + "/" + p.Image + join + p.Version
}

func (o *operator) states(p *policy) []state {
	gfd, plugin, validator := p.Spec.Gfd, p.Spec.DevicePlugin, p.Spec.Validator
	image := validator.imageOr(o.image)
	validations := hostFolder("run-nvidia", "/run/nvidia", "DirectoryOrCreate")
	lab := hostFolder("lab", "/etc/gpuctl-lab", "DirectoryOrCreate")
	driver := hostFolder("driver", "/usr/lib/gpuctl-lab", "DirectoryOrCreate")
	pluginVolumes, pluginMounts := plugin.configuration()
	return []state{
		{
			name: "gpu-feature-discovery", state: "gpu-feature-discovery", deploy: "gpu-feature-discovery",
			enabled: gfd.on(), class: true,
			init:      []object{validator.waiting(image)},
			container: gfd.container("gpu-feature-discovery", gfd.imageOr(o.image), []string{"/operator", "label"}, allGPUs()),
			volumes:   []object{validations},
		},
		{
			name: "nvidia-device-plugin-daemonset", state: "state-device-plugin", deploy: "device-plugin",
			enabled: plugin.on(), class: true,
			init: []object{validator.waiting(image)},
			container: plugin.container("nvidia-device-plugin", plugin.imageOr(o.pluginImage), []string{"/device-plugin"}, allGPUs(),
				append(pluginMounts, mount("device-plugins", "/var/lib/kubelet/device-plugins"), mount("cdi-root", "/var/run/cdi"))...),
			volumes: append(pluginVolumes,
				validations,
				hostFolder("device-plugins", "/var/lib/kubelet/device-plugins", "Directory"),
				hostFolder("cdi-root", "/var/run/cdi", "DirectoryOrCreate")),
		},
		{
			name: "nvidia-operator-validator", state: "state-operator-validation", deploy: "operator-validator",
			enabled: validator.on(), class: true,
			init: []object{
				validator.validation(image, "driver", nil, mount("driver", "/host-driver")),
				validator.validation(image, "toolkit", allGPUs()),
				validator.validation(image, "cuda", allGPUs(), mount("lab", "/host-lab")),
				validator.validation(image, "plugin", nil),
			},
			container: validator.container("nvidia-operator-validator", image,
				[]string{"sh", "-c", "echo all validations are successful; trap exit TERM; while :; do sleep 3600 & wait; done"}, nil),
			volumes: []object{validations, lab, driver},
		},
	}
}

// configuration is the ConfigMap that the policy names, and the key in it: where one of them is not there, no pod starts.
func (p part) configuration() (volumes, mounts []object) {
	if p.Config.Name == "" {
		return nil, nil
	}
	source := object{"name": p.Config.Name}
	if p.Config.Default != "" {
		source["items"] = []object{{"key": p.Config.Default, "path": "config.yaml"}}
	}
	return []object{{"name": "config", "configMap": source}}, []object{mount("config", "/config")}
}

// daemonSet goes when the policy goes, whose it is.
func (o *operator) daemonSet(p *policy, s state) object {
	all := p.Spec.Daemonsets
	app := map[string]string{"app": s.name}
	labels := maps.Clone(all.Labels)
	if labels == nil {
		labels = map[string]string{}
	}
	maps.Copy(labels, app)
	spec := object{
		"serviceAccountName": "gpu-operator",
		"nodeSelector":       object{"nvidia.com/gpu.deploy." + s.deploy: "true"},
		"priorityClassName":  "system-node-critical",
		"tolerations":        all.Tolerations,
		"initContainers":     s.init,
		"containers":         []object{s.container},
		"volumes":            s.volumes,
	}
	if all.PriorityClassName != "" {
		spec["priorityClassName"] = all.PriorityClassName
	}
	if class := p.Spec.Operator.RuntimeClass; s.class && class != "" {
		spec["runtimeClassName"] = class
	}
	owner := object{"apiVersion": "nvidia.com/v1", "kind": "ClusterPolicy", "name": p.Metadata.Name, "uid": p.Metadata.UID, "controller": true, "blockOwnerDeletion": true}
	return object{
		"apiVersion": "apps/v1",
		"kind":       "DaemonSet",
		"metadata": object{
			"name": s.name, "namespace": o.namespace, "ownerReferences": []object{owner},
			"labels": object{"app": s.name, "app.kubernetes.io/managed-by": "gpu-operator"},
		},
		"spec": object{
			"selector":       object{"matchLabels": app},
			"template":       object{"metadata": object{"labels": labels, "annotations": all.Annotations}, "spec": spec},
			"updateStrategy": all.strategy(),
		},
	}
}

// strategy is a rolling update, of one pod at a time, unless the policy says otherwise.
func (c common) strategy() object {
	if c.UpdateStrategy == "OnDelete" {
		return object{"type": "OnDelete"}
	}
	var share any = c.RollingUpdate.MaxUnavailable
	if c.RollingUpdate.MaxUnavailable == "" {
		share = 1
	} else if count, err := strconv.Atoi(c.RollingUpdate.MaxUnavailable); err == nil {
		share = count
	}
	return object{"type": "RollingUpdate", "rollingUpdate": object{"maxUnavailable": share}}
}

// waiting is the init container that keeps a pod back until the validator has found the toolkit to work.
func (p part) waiting(image string) object {
	script := "until [ -f /run/nvidia/validations/toolkit-ready ]; do echo waiting for the toolkit to be validated; sleep 1; done"
	return p.container("toolkit-validation", image, []string{"sh", "-c", script}, nil, mount("run-nvidia", "/run/nvidia"))
}

func (p part) validation(image, component string, env []object, mounts ...object) object {
	mounts = append(mounts, mount("run-nvidia", "/run/nvidia"))
	return p.container(component+"-validation", image, []string{"/operator", "validate", component}, env, mounts...)
}

func (p part) container(name, image string, command []string, env []object, mounts ...object) object {
	nodeName := object{"name": "NODE_NAME", "valueFrom": object{"fieldRef": object{"fieldPath": "spec.nodeName"}}}
	made := object{
		"name":            name,
		"image":           image,
		"command":         command,
		"env":             append(append([]object{nodeName}, env...), p.Env...),
		"securityContext": object{"privileged": true},
		"volumeMounts":    append([]object{}, mounts...),
	}
	if p.ImagePullPolicy != "" {
		made["imagePullPolicy"] = p.ImagePullPolicy
	}
	return made
}

// allGPUs makes NVIDIA's runtime bring the driver into a container that asks the kubelet for no GPU.
func allGPUs() []object { return []object{{"name": "NVIDIA_VISIBLE_DEVICES", "value": "all"}} }

func mount(name, path string) object { return object{"name": name, "mountPath": path} }

func hostFolder(name, path, kind string) object {
	return object{"name": name, "hostPath": object{"path": path, "type": kind}}
}
