"""A real control plane (etcd, kube-apiserver, controllers, scheduler) on the loopback, and before it a proxy that spoils its
answers. Needs no root and no machine."""

import base64
import http.client
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
CURVE = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")


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


def certificate(folder, tls, name, days=2):
    """A client certificate of the cluster's for a user of that name; `days` below 0: one that has ended."""
    openssl(folder, "req", *CURVE, "-keyout", f"{name}.key", "-out", f"{name}.csr", "-subj", f"/CN={name}")
    openssl(folder, "x509", "-req", "-in", f"{name}.csr", "-out", f"{name}.crt", "-days", days, "-CA", tls / "client-ca.crt",
            "-CAkey", tls / "client-ca.key", "-set_serial", "4242")
    return str(folder / name)


def authority(folder, name):
    """A certificate that signs itself, for a server on the loopback or as somebody else's CA."""
    openssl(folder, "req", "-x509", *CURVE, "-days", "2", "-keyout", f"{name}.key", "-out", f"{name}.crt", "-subj", f"/CN={name}",
            "-addext", "subjectAltName=IP:127.0.0.1")
    return folder / f"{name}.crt"


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
    issuer = authority(folder, "hook")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(issuer, folder / "hook.key")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Hook)
    server.daemon_threads = True
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"https://127.0.0.1:{server.server_address[1]}/", base64.b64encode(issuer.read_bytes()).decode()


class ControlPlane:
    """With it, for as long as the block lasts: `with ControlPlane(lab) as plane`."""

    def __init__(self, lab):
        self.lab, self.parts = lab, []
        self.kube, self.k3s, self.api_proxy = (program(lab, name) for name in ("kube", "k3s", "api-proxy"))

    def program(self, name):
        """A built program of the lab's."""
        return program(self.lab, name)

    def __enter__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="gpuctl-kube-"))
        try:
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def start(self):
        port, data = free_port(), self.folder / "data"
        self.tls, self.control = data / "server/tls", self.folder / "proxy.sock"
        server = [self.k3s, "server", f"--data-dir={data}", "--bind-address=127.0.0.1", f"--https-listen-port={port}", f"--kube-program={self.kube}"]
        self.parts.append(Part(self.folder, "k3s", server))
        _, self.url, self.kubeconfig = self.parts[0].ready
        proxy = [self.api_proxy, "--listen=127.0.0.1:0", f"--upstream=127.0.0.1:{port}", f"--tls-dir={self.tls}", f"--control={self.control}"]
        self.parts.append(Part(self.folder, "api-proxy", proxy))
        self.proxied = self.parts[1].ready[1]

    def __exit__(self, *_):
        for part in reversed(self.parts):
            part.stop()
        if "GPUCTL_KEEP" in os.environ:
            print(f"kept: {self.folder}")
        else:
            shutil.rmtree(self.folder, ignore_errors=True)

    def fault(self, kind="", **rule):
        """Tells the proxy what to spoil from now on, beside what it spoils already; without a kind, nothing any more."""
        self.tell("POST" if kind else "DELETE", "/faults", {"kind": kind, **rule})

    def counts(self):
        """{requests, depth, verbs, log} since `forget`."""
        return json.loads(self.tell("GET", "/counts"))

    def asked(self, verb, path):
        """How often that was asked of what has this in its path, since `forget`."""
        log = self.counts()["log"]
        return sum(one["Verb"] == verb and path in one["Path"] for one in log)

    def forget(self):
        self.tell("DELETE", "/counts")

    def make_many(self, space, count, labels):
        """ConfigMaps of these labels, past the proxy and as fast as they can be made."""
        context = ssl.create_default_context(cafile=self.tls / "server-ca.crt")
        context.load_cert_chain(self.tls / "client-admin.crt", self.tls / "client-admin.key")
        link = http.client.HTTPSConnection(self.url.removeprefix("https://"), context=context)
        for at in range(count):
            made = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": f"one-of-many-{at}", "labels": labels}}
            link.request("POST", f"/api/v1/namespaces/{space}/configmaps", json.dumps(made), {"Content-Type": "application/json"})
            answer = link.getresponse()
            text = answer.read().decode()
            if answer.status != 201:
                raise ValueError(f"the API server says: {text}")

    def tell(self, method, path, body=None):
        link = http.client.HTTPConnection("api-proxy")
        link.sock = socket.socket(socket.AF_UNIX)
        link.sock.connect(str(self.control))
        link.request(method, path, json.dumps(body) if body else None)
        answer = link.getresponse()
        text = answer.read().decode()
        if answer.status != 200:
            raise ValueError(f"the proxy says: {text}")
        return text
