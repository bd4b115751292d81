package main

// state is one thing that the operator brings about, by the vendor's name for it.
type state struct {
	name      string // of the DaemonSet
	state     string // as the policy's status names it
	deploy    string // the label that selects its nodes
	enabled   bool
	image     string
	init      []object
	container object
	volumes   []object
	class     bool // runs under the runtime class, where it needs the driver
}

func on(enabled *bool) bool { return enabled == nil || *enabled }

func (o *operator) states(p *policy) []state {
	validations := hostFolder("run-nvidia", "/run/nvidia", "DirectoryOrCreate")
	lab := hostFolder("lab", "/etc/gpuctl-lab", "DirectoryOrCreate")
	driver := hostFolder("driver", "/usr/lib/gpuctl-lab", "DirectoryOrCreate")
	return []state{
		{
			name: "gpu-feature-discovery", state: "gpu-feature-discovery", deploy: "gpu-feature-discovery",
			enabled: on(p.Spec.Gfd.Enabled), class: true,
			init:      []object{o.waiting()},
			container: o.container("gpu-feature-discovery", o.image, []string{"/operator", "label"}, allGPUs()),
			volumes:   []object{validations},
		},
		{
			name: "nvidia-device-plugin-daemonset", state: "state-device-plugin", deploy: "device-plugin",
			enabled: on(p.Spec.DevicePlugin.Enabled), class: true,
			init: []object{o.waiting()},
			container: o.container("nvidia-device-plugin", o.pluginImage, []string{"/device-plugin"}, allGPUs(),
				mount("device-plugins", "/var/lib/kubelet/device-plugins"), mount("cdi-root", "/var/run/cdi")),
			volumes: []object{
				validations,
				hostFolder("device-plugins", "/var/lib/kubelet/device-plugins", "Directory"),
				hostFolder("cdi-root", "/var/run/cdi", "DirectoryOrCreate"),
			},
		},
		{
			name: "nvidia-operator-validator", state: "state-operator-validation", deploy: "operator-validator",
			enabled: on(p.Spec.Validator.Enabled), class: true,
			init: []object{
				o.validation("driver", nil, mount("driver", "/host-driver")),
				o.validation("toolkit", allGPUs()),
				o.validation("cuda", allGPUs(), mount("lab", "/host-lab")),
				o.validation("plugin", nil),
			},
			container: o.container("nvidia-operator-validator", o.image,
				[]string{"sh", "-c", "echo all validations are successful; trap exit TERM; while :; do sleep 3600 & wait; done"}, nil),
			volumes: []object{validations, lab, driver},
		},
	}
}

func (o *operator) daemonSet(p *policy, s state) object {
	labels := object{"app": s.name}
	spec := object{
		"serviceAccountName": "gpu-operator",
		"nodeSelector":       object{"nvidia.com/gpu.deploy." + s.deploy: "true"},
		"priorityClassName":  "system-node-critical",
		"tolerations":        p.Spec.Daemonsets.Tolerations,
		"initContainers":     s.init,
		"containers":         []object{s.container},
		"volumes":            s.volumes,
	}
	if class := p.Spec.Operator.RuntimeClass; s.class && class != "" {
		spec["runtimeClassName"] = class
	}
	return object{
		"apiVersion": "apps/v1",
		"kind":       "DaemonSet",
		"metadata":   object{"name": s.name, "namespace": "gpu-operator", "labels": object{"app": s.name, "app.kubernetes.io/managed-by": "gpu-operator"}},
		"spec": object{
			"selector": object{"matchLabels": labels},
			"template": object{"metadata": object{"labels": labels}, "spec": spec},
		},
	}
}

// waiting is the init container that keeps a pod back until the validator has found the toolkit to work.
func (o *operator) waiting() object {
	script := "until [ -f /run/nvidia/validations/toolkit-ready ]; do echo waiting for the toolkit to be validated; sleep 1; done"
	return o.container("toolkit-validation", o.image, []string{"sh", "-c", script}, nil, mount("run-nvidia", "/run/nvidia"))
}

func (o *operator) validation(component string, env []object, mounts ...object) object {
	mounts = append(mounts, mount("run-nvidia", "/run/nvidia"))
	return o.container(component+"-validation", o.image, []string{"/operator", "validate", component}, env, mounts...)
}

func (o *operator) container(name, image string, command []string, env []object, mounts ...object) object {
	nodeName := object{"name": "NODE_NAME", "valueFrom": object{"fieldRef": object{"fieldPath": "spec.nodeName"}}}
	return object{
		"name":            name,
		"image":           image,
		"command":         command,
		"env":             append([]object{nodeName}, env...),
		"securityContext": object{"privileged": true},
		"volumeMounts":    append([]object{}, mounts...),
	}
}

// allGPUs makes NVIDIA's runtime bring the driver into a container that asks the kubelet for no GPU.
func allGPUs() []object { return []object{{"name": "NVIDIA_VISIBLE_DEVICES", "value": "all"}} }

func mount(name, path string) object { return object{"name": name, "mountPath": path} }

func hostFolder(name, path, kind string) object {
	return object{"name": name, "hostPath": object{"path": path, "type": kind}}
}
