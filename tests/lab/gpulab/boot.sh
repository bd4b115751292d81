#!/bin/sh -eu
# boot.sh GROUP LOWER UPPER WORK ROOT COMMAND...: runs in a mount namespace of its own, so that its mounts end with it.
# A plain cgroup2 stands where systemd-nspawn looks, whatever the host has there; the groups of version 1 that
# LAB_CGROUPS names are entered first.
for v1 in $LAB_CGROUPS; do echo $$ >"$v1/cgroup.procs"; done
group=$1 lower=$2 upper=$3 work=$4 root=$5
shift 5
mount -t cgroup2 none /sys/fs/cgroup
mkdir -p /run/systemd/nspawn
mount -t tmpfs tmpfs /run/systemd/nspawn # for what nspawn leaves when it is killed
echo $$ >"/sys/fs/cgroup/$group/cgroup.procs"
mount -t overlay overlay -o "lowerdir=$lower,upperdir=$upper,workdir=$work" "$root"
exec "$@"
