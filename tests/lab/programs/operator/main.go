// Command operator stands in for NVIDIA's GPU operator and for the programs in the images that it and its chart bring:
// `operator` is the operator itself, `discover` the worker of node feature discovery, `label` GPU feature discovery,
// `validate COMPONENT` an init container of the validator; `apply-crds FOLDER`, `remove-crds FOLDER` and `prune` are what the
// charts' hooks run.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil && ctx.Err() == nil {
		fmt.Fprintln(os.Stderr, "Error:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, arguments []string) error {
	switch {
	case len(arguments) == 0:
		return operate(ctx)
	case arguments[0] == "discover":
		return discover(ctx)
	case arguments[0] == "label":
		return label(ctx)
	case arguments[0] == "validate" && len(arguments) == 2:
		return validate(ctx, arguments[1])
	case arguments[0] == "apply-crds" && len(arguments) == 2:
		return applyCRDs(ctx, arguments[1])
	case arguments[0] == "remove-crds" && len(arguments) == 2:
		return removeCRDs(ctx, arguments[1])
	case arguments[0] == "prune":
		return prune(ctx)
	}
	return fmt.Errorf("usage: operator [discover | label | validate driver|toolkit|cuda|plugin | apply-crds FOLDER | remove-crds FOLDER | prune]")
}
