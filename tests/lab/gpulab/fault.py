"""Faults of a machine: words in files that the stand-ins read."""

FAULTS = ("agent", "nvidia-smi", "driver", "kernel-parameter", "firewall", "pci", "cuda-validation")
HELP = (
    "agent: fails or none; nvidia-smi: hang, fail, rubbish or none; driver: a version or none; "
    "kernel-parameter: absent or none; firewall: inactive or none; pci: absent or none; cuda-validation: fails or none"
)
VERSION = "535.274.02"
COMMAND_LINE = "BOOT_IMAGE=/boot/vmlinuz-lab root=/dev/mapper/lab-root ro quiet"
OPEN = ("22/tcp", "10250/tcp", "8472/udp", "51820/udp", "41641/udp")
RULES = "\n".join(f"{port} ALLOW Anywhere" for port in OPEN)
UNSUPPORTED = "forward compatibility was attempted on non supported HW"
# In place, because some of these files are mounted; no text: the file goes.
WRITE = 'if [ -n "$2" ]; then printf "%s\\n" "$2" >"$1"; else rm -f "$1"; fi'


def files(fault, value):
    """What is to be written where."""
    sound = value == "none"
    if fault == "agent":
        return {"/etc/gpuctl-lab/agent-fails": "" if sound else f"told to by the lab ({value})"}
    if fault == "nvidia-smi":
        return {"/etc/gpuctl-lab/nvidia-smi": "" if sound else value}
    if fault == "driver":
        version = VERSION if sound else value
        text = f"NVRM version: NVIDIA UNIX x86_64 Kernel Module  {version}  Release Build  (lab)"
        return {"/usr/lib/gpuctl-lab/proc-driver/nvidia/version": text}
    if fault == "kernel-parameter":
        return {"/usr/lib/gpuctl-lab/cmdline": COMMAND_LINE + (" nvidia-drm.modeset=1" if sound else "")}
    if fault == "pci":
        return {"/usr/lib/gpuctl-lab/pci/0000:06:00.0/vendor": "0x10de" if sound else "0x1af4"}
    if fault == "cuda-validation":
        return {"/etc/gpuctl-lab/cuda-validation": "" if sound else UNSUPPORTED}
    return {"/etc/gpuctl-lab/ufw": RULES if sound else value}
