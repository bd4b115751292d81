package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"
)

const (
	namespace  = "/api/v1/namespaces/gpu-operator"
	daemonSets = "/apis/apps/v1/namespaces/gpu-operator/daemonsets"
	policies   = "/apis/nvidia.com/v1/clusterpolicies"
	nodes      = "/api/v1/nodes"
	manager    = "gpu-operator"
	again      = 2 * time.Second // after a request that failed
)

// operate reconciles whenever something that it looks at has changed.
func operate(ctx context.Context) error {
	a, err := connect()
	if err != nil {
		return err
	}
	o := &operator{api: a, image: os.Getenv("OPERATOR_IMAGE"), pluginImage: os.Getenv("DEVICE_PLUGIN_IMAGE")}
	changed := make(chan struct{}, 1)
	for _, path := range []string{policies, nodes, daemonSets} {
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
	image, pluginImage string
	told               verdict // what the policy's status says already
}

type policy struct {
	Metadata struct {
		Name       string
		Generation int64
	}
	Spec struct {
		Daemonsets struct {
			Tolerations []object
		}
		DevicePlugin, Gfd, Validator struct {
			Enabled *bool
		}
		Operator struct {
			RuntimeClass string
		}
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
			if err := o.remove(ctx, daemonSets+"/"+s.name); err != nil {
				return err
			}
		} else if err := o.apply(ctx, daemonSets+"/"+s.name, manager, o.daemonSet(&p, s)); err != nil {
			return err
		}
	}
	v, err := o.judge(ctx, states, all.Items, gpus)
	if err != nil {
		return err
	}
	return o.tell(ctx, v)
}
