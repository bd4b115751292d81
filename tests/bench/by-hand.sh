# The runbook's commands in one script, as one would write it by hand; run as root on the node: sh -s REPOSITORY VERSION <by-hand.sh
set -e
export LC_ALL=C DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1
keyring=/usr/share/keyrings/nvidia-container-toolkit-keyring.gpg
config=/var/lib/rancher/k3s/agent/etc/containerd/config.toml

nvidia-smi --query-gpu=driver_version --format=csv,noheader | grep -qx 535.274.02
systemctl is-active --quiet nvidia-persistenced
grep -q nvidia-drm.modeset=1 /proc/cmdline

rm -f /etc/apt/sources.list.d/nvidia-docker.list
curl -fsS "$1/gpgkey" | gpg --batch --yes --dearmor -o "$keyring"
echo "deb [signed-by=$keyring] $1/stable/deb/\$(ARCH) /" >/etc/apt/sources.list.d/nvidia-container-toolkit.list

apt-get -q update
packages='nvidia-container-toolkit nvidia-container-toolkit-base libnvidia-container-tools libnvidia-container1'
# shellcheck disable=SC2046
apt-get -qy install $(for name in $packages; do echo "$name=$2"; done)
# shellcheck disable=SC2086
apt-mark hold $packages

nvidia-ctk runtime configure --runtime=containerd
socket=/run/k3s/containerd/containerd.sock
before=$(stat -c %i.%Z "$socket")
systemctl restart k3s-agent
# k3s's unit is up before its containerd is configured, and that is before it answers.
export config socket before
timeout 60 sh -c 'until grep -q nvidia-container-runtime "$config"; do sleep 0.02; done
until now=$(stat -c %i.%Z "$socket" 2>/dev/null) && [ "$now" != "$before" ]; do sleep 0.02; done'
systemctl is-active --quiet k3s-agent
