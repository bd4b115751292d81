# The system we run on: what is missing, and how it is installed. Sourced after stage.sh.

# What the build needs, what the lab needs, and what only the checks need. The names are the same on Debian 12 and Ubuntu 24.04.
packages_build=(g++ ccache meson ninja-build pkg-config python3 libssh-dev libcurl4-openssl-dev libssl-dev libcrypt-dev libfmt-dev
  libyaml-cpp-dev libtomlplusplus-dev nlohmann-json3-dev libcli11-dev doctest-dev libyaml-dev libre2-dev libarchive-dev libvalijson-dev zlib1g-dev)
packages_check=(clang-19 libclang-rt-19-dev clang-tidy-19 openssh-server openssh-client openssl busybox-static curl mandoc time)

# known_system: one clear sentence where this is neither Debian 12 nor Ubuntu 24.04, or a derivative that says so.
known_system() {
  local ID='' VERSION_ID='' PRETTY_NAME='an unknown system'
  if [ -r /etc/os-release ]; then . /etc/os-release; fi
  case "$ID-$VERSION_ID" in
    debian-12 | ubuntu-24.04) return 0 ;;
  esac
  refuse "this is $PRETTY_NAME, and gpuctl is built on Debian 12 or Ubuntu 24.04; run it in a container or a virtual machine of one of these."
}

# as_root COMMAND...: root's own, or through sudo, which would drop what leads to the mirrors and to the lab.
as_root() {
  local name kept=()
  # Within a trap, a return without its status would give that of before the trap.
  if [ "$(id -u)" = 0 ]; then "$@"; return $?; fi
  for name in http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY GOPROXY GOSUMDB GONOSUMDB GPUCTL_LAB GPUCTL_LAB_TESTS GPUCTL_LAB_SELFTEST; do
    if [ -n "${!name-}" ]; then kept+=("$name=${!name}"); fi
  done
  sudo env ${kept[@]+"${kept[@]}"} "$@"
}

can_be_root() { [ "$(id -u)" = 0 ] || command -v sudo >/dev/null; }

missing_packages() {
  local name
  for name in "$@"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null)" = installed ] || echo "$name"
  done
}

apt_install() {
  local rc=0 units=()
  # The tests start an SSH server of their own; that the package is there must not open this machine's port 22.
  if [[ " $* " == *" openssh-server "* ]] && [ -d /run/systemd/system ]; then units=(ssh.service ssh.socket); fi
  if [ "${#units[@]}" -gt 0 ]; then as_root systemctl mask "${units[@]}"; fi
  as_root apt-get -o DPkg::Lock::Timeout=300 update &&
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends "$@" || rc=$?
  if [ "${#units[@]}" -gt 0 ]; then
    as_root systemctl unmask "${units[@]}"
    as_root systemctl disable "${units[@]}"
  fi
  return "$rc"
}

# install_missing PACKAGE...: nothing to do costs a moment; something to do needs root or sudo.
install_missing() {
  local missing
  mapfile -t missing < <(missing_packages "$@")
  [ "${#missing[@]}" -gt 0 ] || return 0
  can_be_root || refuse "these packages are missing, and this is neither root nor a system with sudo: ${missing[*]}. Have them installed, then run this again."
  if [ "$(id -u)" != 0 ]; then
    sudo -v || refuse "sudo was refused; have these packages installed, then run this again: ${missing[*]}"
  fi
  required packages apt_install "${missing[@]}"
}

# can_boot: whether root may make mounts and network namespaces here, without which no machine boots.
can_boot() {
  command -v systemd-nspawn >/dev/null || [ -x /usr/bin/systemd-nspawn ] || return 1
  as_root unshare -m -n --propagation private mount -t tmpfs none /mnt 2>/dev/null
}
