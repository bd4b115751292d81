package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"
)

const (
	policies = "/apis/nvidia.com/v1/clusterpolicies"
	nodes    = "/api/v1/nodes"
	manager  = "gpu-operator"
	again    = 2 * time.Second // after a request that failed
)

// operate reconciles whenever something that it looks at has changed.
func operate(ctx context.Context) error {
	a, err := connect()
	if err != nil {
		return err
	}
	space, err := os.ReadFile(account + "namespace")
	if err != nil {
		return err
	}
	o := &operator{api: a, namespace: string(space), image: os.Getenv("OPERATOR_IMAGE"), pluginImage: os.Getenv("DEVICE_PLUGIN_IMAGE")}
	changed := make(chan struct{}, 1)
	for _, path := range []string{policies, nodes, o.daemonSets("")} {
		go func() {
			for ctx.Err() == nil {
				if err := a.watch(ctx, path, changed); err != nil {
					fmt.Fprintln(os.Stderr, "watch:", err)
					pause(ctx, again)
				}
			}
		}()
	}
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-changed:
		}
		if err := o.reconcile(ctx); err != nil {
			fmt.Fprintln(os.Stderr, "reconcile:", err)
			pause(ctx, again)
			select {
			case changed <- struct{}{}:
			default:
			}
		}
	}
}

func pause(ctx context.Context, duration time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(duration):
	}
}

type operator struct {
	*api
	namespace          string
	image, pluginImage string
	told               verdict // what the policy's status says already
}

// daemonSets is the path of the operator's own ones, or of one of them.
func (o *operator) daemonSets(name string) string {
	path := "/apis/apps/v1/namespaces/" + o.namespace + "/daemonsets"
	if name != "" {
		path += "/" + name
	}
	return path
}

type policy struct {
	Metadata struct {
		Name, UID  string
		Generation int64
	}
	Spec struct {
		Daemonsets                   common
		DevicePlugin, Gfd, Validator part
		Operator                     struct {
			RuntimeClass string
		}
	}
}

// common is what a policy says of all DaemonSets.
type common struct {
	Labels, Annotations               map[string]string
	PriorityClassName, UpdateStrategy string
	RollingUpdate                     struct {
		MaxUnavailable string
	}
	Tolerations []object
}

// part is what a policy says of one.
type part struct {
	Enabled                                     *bool
	Repository, Image, Version, ImagePullPolicy string
	Env                                         []object
	Config                                      struct {
		Name, Default string
	}
}

type nodeList struct {
	Items []node
}

type node struct {
	Metadata struct {
		Name   string
		Labels map[string]string
	}
}

// reconcile brings nodes and DaemonSets to what the policy says, and says in its status how far that has come.
func (o *operator) reconcile(ctx context.Context) error {
	var p policy
	if err := o.get(ctx, policies+"/cluster-policy", &p); errors.Is(err, errAbsent) {
		o.told = verdict{}
		return nil
	} else if err != nil {
		return err
	}
	var all nodeList
	if err := o.get(ctx, nodes, &all); err != nil {
		return err
	}
	gpus, err := o.labelNodes(ctx, all.Items)
	if err != nil {
		return err
	}
	states := o.states(&p)
	for _, s := range states {
		if !s.enabled {
			if err := o.remove(ctx, o.daemonSets(s.name)); err != nil {
				return err
			}
		} else if err := o.apply(ctx, o.daemonSets(s.name), manager, o.daemonSet(&p, s)); err != nil {
			return err
		}
	}
	v, err := o.judge(ctx, states, all.Items, gpus)
	if err != nil {
		return err
	}
	return o.tell(ctx, v)
}
