module gpuctl.lab/k3s

go 1.25.0
