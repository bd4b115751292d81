package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// verdict is the policy's status: its state, and the reason and message of its conditions.
type verdict struct {
	state, reason, message string
}

type daemonSetStatus struct {
	Metadata struct{ Generation int64 }
	Status   struct {
		ObservedGeneration                                              int64
		DesiredNumberScheduled, NumberAvailable, UpdatedNumberScheduled int
	}
}

// judge decides as the vendor's operator does: a cluster without a GPU is ready, too, and only the reason tells.
func (o *operator) judge(ctx context.Context, states []state, all []node, gpus int) (verdict, error) {
	if gpus == 0 {
		for _, n := range all {
			if hasFeatures(n) {
				return verdict{"ready", "NoGPUNodes", "No GPU node found, watching for new nodes to join the cluster."}, nil
			}
		}
		return verdict{"ready", "NFDLabelsMissing", "No NFD labels found in the cluster"}, nil
	}
	var notReady []string
	for _, s := range states {
		ready, err := o.ready(ctx, s)
		if err != nil {
			return verdict{}, err
		}
		if s.enabled && !ready {
			notReady = append(notReady, s.state)
		}
	}
	if len(notReady) > 0 {
		message := fmt.Sprintf("ClusterPolicy is not ready, states not ready: [%s]", strings.Join(notReady, " "))
		return verdict{"notReady", "OperandNotReady", message}, nil
	}
	return verdict{"ready", "Reconciled", "ClusterPolicy is ready as all resources have been successfully reconciled"}, nil
}

// ready is true of a DaemonSet that is meant for no node, too, as the vendor's operator has it.
func (o *operator) ready(ctx context.Context, s state) (bool, error) {
	var found daemonSetStatus
	if err := o.get(ctx, o.daemonSets(s.name), &found); errors.Is(err, errAbsent) {
		return false, nil
	} else if err != nil {
		return false, err
	}
	status := found.Status
	seen := status.ObservedGeneration >= found.Metadata.Generation
	return seen && status.NumberAvailable == status.DesiredNumberScheduled && status.UpdatedNumberScheduled == status.DesiredNumberScheduled, nil
}

// tell writes the status where it says something else already.
func (o *operator) tell(ctx context.Context, v verdict) error {
	if v == o.told {
		return nil
	}
	status := object{"state": v.state, "namespace": o.namespace, "conditions": conditions(v)}
	body := object{"status": status}
	path := policies + "/cluster-policy/status?fieldManager=" + manager
	if err := o.finish(o.send(ctx, http.MethodPatch, path, "application/merge-patch+json", body)); err != nil {
		return err
	}
	fmt.Printf("ClusterPolicy is %s: %s\n", v.state, v.reason)
	o.told = v
	return nil
}

func conditions(v verdict) []object {
	now := time.Now().UTC().Format(time.RFC3339)
	one := func(kind, status, reason, message string) object {
		return object{"type": kind, "status": status, "reason": reason, "message": message, "lastTransitionTime": now}
	}
	if v.state == "ready" {
		return []object{one("Ready", "True", v.reason, v.message), one("Error", "False", "Ready", "")}
	}
	return []object{one("Ready", "False", "Error", ""), one("Error", "True", v.reason, v.message)}
}
