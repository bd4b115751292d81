// Command device-plugin stands in for NVIDIA's: it offers the kubelet one nvidia.com/gpu for each GPU that nvidia-smi
// shows, and hands a container the CDI names of those that it got.
package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	api "k8s.io/kubelet/pkg/apis/deviceplugin/v1beta1"
)

const (
	resource = "nvidia.com/gpu"
	endpoint = "nvidia-gpu.sock"
)

type plugin struct {
	api.UnimplementedDevicePluginServer
	devices []*api.Device
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	if err := serve(ctx); err != nil && ctx.Err() == nil {
		fmt.Fprintln(os.Stderr, "Error:", err)
		os.Exit(1)
	}
}

// serve registers with the kubelet and serves it until the kubelet goes or begins anew: the pod's restart registers again.
func serve(ctx context.Context) error {
	devices, err := list()
	if err != nil {
		return err
	}
	path := api.DevicePluginPath + endpoint
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	listening, err := net.Listen("unix", path)
	if err != nil {
		return err
	}
	server := grpc.NewServer()
	api.RegisterDevicePluginServer(server, &plugin{devices: devices})
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listening) }()
	defer server.Stop()
	if err := register(ctx); err != nil {
		return err
	}
	fmt.Printf("registered %d of %s with the kubelet\n", len(devices), resource)
	gone := make(chan error, 1)
	go func() { gone <- removed(path) }()
	select {
	case <-ctx.Done():
		return nil
	case err := <-ended:
		return err
	case err := <-gone:
		return err
	}
}

// list asks nvidia-smi, which is here when NVIDIA's runtime brought it.
func list() ([]*api.Device, error) {
	said, err := exec.Command("nvidia-smi", "--query-gpu=uuid", "--format=csv,noheader").CombinedOutput()
	if err != nil {
		return nil, fmt.Errorf("nvidia-smi: %w: %s", err, said)
	}
	var found []*api.Device
	for _, uuid := range strings.Fields(string(said)) {
		found = append(found, &api.Device{ID: uuid, Health: api.Healthy})
	}
	return found, nil
}

func register(ctx context.Context) error {
	kubelet, err := grpc.NewClient("unix://"+api.KubeletSocket, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		return err
	}
	defer kubelet.Close()
	_, err = api.NewRegistrationClient(kubelet).Register(ctx, &api.RegisterRequest{
		Version:      api.Version,
		Endpoint:     endpoint,
		ResourceName: resource,
		Options:      &api.DevicePluginOptions{},
	})
	return err
}

// removed returns when the kubelet has removed the plugin's socket, as it does when it starts.
func removed(path string) error {
	inotify, err := syscall.InotifyInit1(syscall.IN_CLOEXEC)
	if err != nil {
		return err
	}
	if _, err := syscall.InotifyAddWatch(inotify, path, syscall.IN_ATTRIB|syscall.IN_DELETE_SELF); err != nil {
		return err
	}
	events := make([]byte, 4096)
	for {
		if _, err := syscall.Read(inotify, events); err != nil && !errors.Is(err, syscall.EINTR) {
			return err
		}
		if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
			return errors.New("the kubelet has begun anew")
		}
	}
}

func (p *plugin) GetDevicePluginOptions(context.Context, *api.Empty) (*api.DevicePluginOptions, error) {
	return &api.DevicePluginOptions{}, nil
}

// ListAndWatch says once what there is: the GPUs of a machine of the lab do not come and go under a running plugin.
func (p *plugin) ListAndWatch(_ *api.Empty, stream grpc.ServerStreamingServer[api.ListAndWatchResponse]) error {
	if err := stream.Send(&api.ListAndWatchResponse{Devices: p.devices}); err != nil {
		return err
	}
	<-stream.Context().Done()
	return nil
}

func (p *plugin) Allocate(_ context.Context, request *api.AllocateRequest) (*api.AllocateResponse, error) {
	answer := &api.AllocateResponse{}
	for _, container := range request.ContainerRequests {
		given := &api.ContainerAllocateResponse{}
		for _, id := range container.DevicesIds {
			given.CdiDevices = append(given.CdiDevices, &api.CDIDevice{Name: resource + "=" + id})
		}
		answer.ContainerResponses = append(answer.ContainerResponses, given)
	}
	return answer, nil
}
