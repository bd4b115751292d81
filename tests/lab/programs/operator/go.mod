module gpuctl.lab/operator

go 1.25.0
