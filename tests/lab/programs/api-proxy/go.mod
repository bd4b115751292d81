module gpuctl.lab/api-proxy

go 1.25.0
