package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

const validations = "/run/nvidia/validations"

// validate does what an init container of the validator does, and leaves COMPONENT-ready for those that wait for it.
func validate(ctx context.Context, component string) error {
	checks := map[string]func(context.Context) error{"driver": hasDriver, "toolkit": hasToolkit, "cuda": runsCUDA, "plugin": hasResource}
	check, known := checks[component]
	if !known {
		return fmt.Errorf("unknown component %s", component)
	}
	ready := filepath.Join(validations, component+"-ready")
	if err := os.Remove(ready); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if err := check(ctx); err != nil {
		return err
	}
	if err := os.MkdirAll(validations, 0o755); err != nil {
		return err
	}
	return os.WriteFile(ready, nil, 0o644)
}

// hasDriver reads what the node's kernel says of the driver.
func hasDriver(context.Context) error {
	text, err := os.ReadFile("/host-driver/proc-driver/nvidia/version")
	if err != nil {
		return fmt.Errorf("the node has no driver: %w", err)
	}
	fmt.Print(string(text))
	return nil
}

// hasToolkit runs nvidia-smi, which only NVIDIA's runtime can have brought in here.
func hasToolkit(context.Context) error {
	command := exec.Command("nvidia-smi")
	command.Stdout, command.Stderr = os.Stdout, os.Stderr
	if err := command.Run(); err != nil {
		return fmt.Errorf("the toolkit brought no working nvidia-smi into this container: %w", err)
	}
	return nil
}

// runsCUDA stands in for a small CUDA program. On a consumer card with a driver older than its libraries the real one
// fails; a file on the node says whether this one is on such a card.
func runsCUDA(context.Context) error {
	fmt.Println("[Vector addition of 50000 elements]")
	switch text, err := os.ReadFile("/host-lab/cuda-validation"); {
	case errors.Is(err, os.ErrNotExist):
		fmt.Println("Test PASSED")
		return nil
	case err != nil:
		return err
	default:
		return fmt.Errorf("failed to allocate device vector A: %s", strings.TrimSpace(string(text)))
	}
}

// hasResource waits until the kubelet offers GPUs on this node.
func hasResource(ctx context.Context) error {
	a, err := connect()
	if err != nil {
		return err
	}
	name := os.Getenv("NODE_NAME")
	changed := make(chan struct{}, 1)
	watched := make(chan error, 1)
	go func() { watched <- a.watch(ctx, nodes+"?fieldSelector=metadata.name%3D"+name, changed) }()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case err := <-watched:
			return err
		case <-changed:
		}
		var node struct {
			Status struct{ Allocatable map[string]string }
		}
		if err := a.get(ctx, nodes+"/"+name, &node); err != nil {
			return err
		}
		if count := node.Status.Allocatable["nvidia.com/gpu"]; count != "" && count != "0" {
			fmt.Printf("node %s offers nvidia.com/gpu: %s\n", name, count)
			return nil
		}
	}
}
