"""Starts a real control plane (etcd, kube-apiserver, controllers, scheduler) on the loopback and a proxy that spoils its
answers, and runs the tests of room kube against them.

usage: cluster_test.py LAB TEST_PROGRAM [doctest's options]
Exit code 77: it cannot run here, and says why.
"""

import base64
import http.server
import json
import os
import pathlib
import select
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import threading

SKIPPED = 77


def skip(why):
    print(f"skipped: {why}")
    sys.exit(SKIPPED)


def program(lab, name):
    """A built program of the lab's; the lab builds it once, which takes minutes."""
    built = subprocess.run([lab, "program", name], capture_output=True, text=True, check=False)
    path = built.stdout.strip().splitlines()[-1:]
    if built.returncode != 0 or not path or not os.access(path[0], os.X_OK):
        lines = built.stderr.strip().splitlines() or ["it printed no path"]
        skip(f"the lab's program {name} is not there: {lines[-1]}")
    return path[0]


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class Part:
    """A program that prints a line beginning with `ready`, and is stopped at the end."""

    def __init__(self, folder, name, words, seconds=90):
        self.log = folder / f"{name}.log"
        self.process = subprocess.Popen(
            words, stdout=subprocess.PIPE, stderr=self.log.open("w"), text=True, start_new_session=True
        )
        said = select.select([self.process.stdout], [], [], seconds)[0]
        self.ready = self.process.stdout.readline().split() if said else []
        if self.ready[:1] != ["ready"]:
            self.stop()
            sys.exit(f"{name} did not start:\n{self.log.read_text()[-3000:]}")

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def openssl(folder, *words):
    subprocess.run(["openssl", *map(str, words)], check=True, capture_output=True, cwd=folder)


def certificate(folder, tls, name):
    """A client certificate of the cluster's for a user of that name."""
    openssl(folder, "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", f"{name}.key",
            "-out", f"{name}.csr", "-subj", f"/CN={name}")
    openssl(folder, "x509", "-req", "-in", f"{name}.csr", "-out", f"{name}.crt", "-days", "2", "-CA", tls / "client-ca.crt",
            "-CAkey", tls / "client-ca.key", "-set_serial", "4242")
    return str(folder / name)


class Hook(http.server.BaseHTTPRequestHandler):
    """An admission webhook that allows nothing."""

    def log_message(self, *_):
        pass

    def do_POST(self):
        review = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        refusal = {"uid": review["request"]["uid"], "allowed": False, "status": {"message": "no quotas on Fridays"}}
        body = json.dumps({"apiVersion": review["apiVersion"], "kind": "AdmissionReview", "response": refusal}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def hook(folder):
    """Serves it; its URL and the PEM certificate to trust, in base64."""
    openssl(folder, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
            "-keyout", "hook.key", "-out", "hook.crt", "-subj", "/CN=hook", "-addext", "subjectAltName=IP:127.0.0.1")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "hook.crt", folder / "hook.key")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Hook)
    server.daemon_threads = True
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"https://127.0.0.1:{server.server_address[1]}/", base64.b64encode((folder / "hook.crt").read_bytes()).decode()


def main(lab, words):
    kube, k3s, api_proxy = (program(lab, name) for name in ("kube", "k3s", "api-proxy"))
    folder = pathlib.Path(tempfile.mkdtemp(prefix="gpuctl-kube-"))
    parts = []
    try:
        port = free_port()
        data = folder / "data"
        parts.append(Part(folder, "k3s", [k3s, "server", f"--data-dir={data}", "--bind-address=127.0.0.1",
                                          f"--https-listen-port={port}", f"--kube-program={kube}"]))
        tls = data / "server/tls"
        control = folder / "proxy.sock"
        parts.append(Part(folder, "api-proxy", [api_proxy, "--listen=127.0.0.1:0", f"--upstream=127.0.0.1:{port}",
                                                f"--tls-dir={tls}", f"--control={control}"]))
        url, issuer = hook(folder)
        environment = {
            **os.environ,
            "GPUCTL_KUBE_CONFIG": parts[0].ready[2],
            "GPUCTL_KUBE_PROXY": parts[1].ready[1],
            "GPUCTL_KUBE_CONTROL": str(control),
            "GPUCTL_KUBE_NOBODY": certificate(folder, tls, "nobody"),
            "GPUCTL_KUBE_HOOK": url,
            "GPUCTL_KUBE_HOOK_ISSUER": issuer,
            "GPUCTL_KUBE_FREE_PORT": str(free_port()),
        }
        return subprocess.run(words, env=environment, timeout=500).returncode
    finally:
        for part in reversed(parts):
            part.stop()
        if "GPUCTL_KEEP" in os.environ:
            print(f"kept: {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
