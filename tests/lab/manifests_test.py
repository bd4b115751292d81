"""manifests/operator.yaml is what the chart renders for site A. Usage: manifests_test.py GPUCTL [--write]"""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
FILE = HERE / "manifests/operator.yaml"
COMMAND = ["chart", "template", "gpu-operator", HERE / "operator", "-n", "gpu-operator", "--include-crds", "--no-hooks",
           "-f", HERE / "values/k3s-gpu-worker.yaml"]  # fmt: skip


def main(gpuctl, *words):
    rendered = subprocess.run([gpuctl, *COMMAND], check=True, stdout=subprocess.PIPE, text=True).stdout
    if words == ("--write",):
        FILE.write_text(rendered)
    elif rendered != FILE.read_text():
        sys.exit(f"{FILE} is not what the chart renders; write it anew: {sys.argv[0]} {gpuctl} --write")


if __name__ == "__main__":
    main(*sys.argv[1:])
