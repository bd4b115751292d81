//go:build tools

package main

import _ "helm.sh/helm/v4/cmd/helm" // built beside the oracle, from the same versions
