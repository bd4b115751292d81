package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

const (
	featurePrefix = "feature.node.kubernetes.io/"
	pciFolder     = "/host-driver/pci" // the lab's stand-in for /sys/bus/pci/devices
	rediscover    = 5 * time.Second    // a bus tells nobody who comes and goes
	discoverer    = "nfd-worker"       // their names as field managers
	labeller      = "gpu-feature-discovery"
)

// discover labels the pod's node with what the machine is, for as long as it runs.
func discover(ctx context.Context) error { return keepLabelled(ctx, discoverer, features) }

// label adds what nvidia-smi says of the GPU.
func label(ctx context.Context) error { return keepLabelled(ctx, labeller, gpuFeatures) }

func keepLabelled(ctx context.Context, by string, look func() (map[string]any, error)) error {
	a, err := connect()
	if err != nil {
		return err
	}
	node := os.Getenv("NODE_NAME")
	last := ""
	for ctx.Err() == nil {
		found, err := look()
		if err != nil {
			return err
		}
		if text := fmt.Sprint(found); text != last {
			if err := a.apply(ctx, nodes+"/"+node, by, nodeWith(node, found)); err != nil {
				return err
			}
			fmt.Printf("node %s has %d labels of %s\n", node, len(found), by)
			last = text
		}
		pause(ctx, rediscover)
	}
	return nil
}

func features() (map[string]any, error) {
	found := map[string]any{
		featurePrefix + "system-os_release.ID":         osRelease("ID"),
		featurePrefix + "system-os_release.VERSION_ID": osRelease("VERSION_ID"),
	}
	release, err := os.ReadFile("/proc/sys/kernel/osrelease")
	if err != nil {
		return nil, err
	}
	version := strings.TrimSpace(string(release))
	found[featurePrefix+"kernel-version.full"] = version
	for i, name := range []string{"major", "minor"} {
		if parts := strings.Split(version, "."); i < len(parts) {
			found[featurePrefix+"kernel-version."+name] = parts[i]
		}
	}
	for _, flag := range cpuFlags() {
		found[featurePrefix+"cpu-cpuid."+strings.ToUpper(flag)] = "true"
	}
	return found, addPCI(found)
}

// addPCI adds a label for each vendor of a display device on the bus.
func addPCI(found map[string]any) error {
	devices, err := filepath.Glob(pciFolder + "/*")
	for _, device := range devices {
		class, vendor := readID(device+"/class"), readID(device+"/vendor")
		if len(class) >= 4 && class[:2] == "03" && vendor != "" {
			found[fmt.Sprintf("%spci-%s.present", featurePrefix, vendor)] = "true"
			found[fmt.Sprintf("%spci-%s_%s.present", featurePrefix, class[:4], vendor)] = "true"
		}
	}
	return err
}

func readID(path string) string {
	text, _ := os.ReadFile(path)
	return strings.TrimPrefix(strings.TrimSpace(string(text)), "0x")
}

func osRelease(name string) string {
	file, err := os.Open("/host-usr-lib/os-release")
	if err != nil {
		return "unknown"
	}
	defer file.Close()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if value, found := strings.CutPrefix(lines.Text(), name+"="); found {
			return strings.Trim(value, `"`)
		}
	}
	return "unknown"
}

// cpuFlags are those of the first processor that feature discovery knows a label for.
func cpuFlags() []string {
	text, _ := os.ReadFile("/proc/cpuinfo")
	_, rest, _ := strings.Cut(string(text), "flags\t\t:")
	line, _, _ := strings.Cut(rest, "\n")
	var found []string
	for _, flag := range strings.Fields(line) {
		switch flag {
		case "adx", "aes", "avx", "avx2", "avx512f", "avx512bw", "avx512dq", "avx512vl", "bmi1", "bmi2", "cx16", "fma", "fxsr", "movbe", "popcnt", "sha_ni", "sse4_1", "sse4_2", "ssse3", "vaes", "xsave":
			found = append(found, flag)
		}
	}
	return found
}

// gpuFeatures are the labels of GPU feature discovery for the one GPU of a machine.
func gpuFeatures() (map[string]any, error) {
	said, err := exec.Command("nvidia-smi", "--query-gpu=name,memory.total,driver_version,compute_cap", "--format=csv,noheader,nounits").Output()
	if err != nil {
		return nil, fmt.Errorf("nvidia-smi: %w: %s", err, said)
	}
	fields := strings.Split(strings.TrimSpace(string(said)), ", ")
	if len(fields) != 4 {
		return nil, fmt.Errorf("nvidia-smi: unexpected answer: %s", said)
	}
	driver := strings.Split(fields[2]+"..", ".")
	capability := strings.Split(fields[3]+".", ".")
	found := map[string]any{}
	for name, value := range map[string]string{
		"gpu.product": strings.ReplaceAll(fields[0], " ", "-"), "gpu.count": "1", "gpu.replicas": "1", "gpu.memory": fields[1],
		"gpu.family": "ampere", "gpu.machine": "lab", "gpu.mode": "graphics", "gpu.sharing-strategy": "none",
		"gpu.compute.major": capability[0], "gpu.compute.minor": capability[1],
		"cuda.driver.major": driver[0], "cuda.driver.minor": driver[1], "cuda.driver.rev": driver[2],
		"cuda.driver-version.major": driver[0], "cuda.driver-version.minor": driver[1], "cuda.driver-version.revision": driver[2],
		"cuda.driver-version.full": fields[2], "cuda.runtime.major": "12", "cuda.runtime.minor": "2",
		"cuda.runtime-version.major": "12", "cuda.runtime-version.minor": "2", "cuda.runtime-version.full": "12.2",
		"mig.capable": "false", "mig.strategy": "single", "mps.capable": "false", "vgpu.present": "false",
		"gfd.timestamp": fmt.Sprint(started),
	} {
		found["nvidia.com/"+name] = value
	}
	return found, nil
}

var started = time.Now().Unix()
