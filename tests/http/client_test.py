"""Starts the servers that the client's test talks to, on this machine, and runs it.

usage: client_test.py CLIENT_PROGRAM [doctest's options]
"""

import collections
import http.server
import os
import pathlib
import select
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import threading

FOLDER = pathlib.Path(tempfile.mkdtemp(prefix="gpuctl-http-"))
CALLS = collections.Counter()
ENDING = threading.Event()


class Pages(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def handle_any(self):
        name, _, rest = self.path[1:].partition("/")
        getattr(self, name)(rest)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = handle_any

    def answer(self, status, body, **headers):
        self.send_response(status)
        for key, value in headers.items():
            self.send_header(key.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    def key(self, _):
        self.answer(200, "a key")

    def status(self, code):
        self.answer(int(code), "no")

    def echo(self, _):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        self.answer(200, f"{self.command} {self.headers.get('Content-Type', '')} {body}")

    def who(self, _):
        subject = dict(part[0] for part in self.connection.getpeercert()["subject"])
        self.answer(200, subject["commonName"])

    def chunks(self, count):
        self.answer(200, "0123456789" * int(count))

    def count(self, rest):
        """`HOW_MANY/NAME`: whether this call is among the first of that name."""
        most, _, name = rest.partition("/")
        CALLS[name] += 1
        return CALLS[name] <= int(most), CALLS[name]

    def calls(self, name):
        self.answer(200, str(CALLS.pop(name, 0)))

    def cut(self, rest):
        early, number = self.count(rest)
        if early:
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
        else:
            self.answer(200, str(number))
            CALLS.pop(rest.partition("/")[2])

    def busy(self, rest):
        early, number = self.count(rest)
        self.answer(429, "busy", Retry_After="1") if early else self.answer(200, str(number))

    def broken(self, rest):
        early, number = self.count(rest)
        self.answer(503, "broken") if early else self.answer(200, str(number))

    def silence(self, _):
        ENDING.wait(60)

    def drops(self, _):
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for number in range(1000):
            text = f"{number}\n"
            self.wfile.write(f"{len(text):x}\r\n{text}\r\n".encode())
            if ENDING.wait(0.02):
                return


class Tunnel(http.server.BaseHTTPRequestHandler):
    """An HTTP proxy for one connection."""

    def log_message(self, *_):
        pass

    def do_CONNECT(self):
        host, _, port = self.path.partition(":")
        with socket.create_connection((host, int(port))) as far:
            self.send_response(200)
            self.end_headers()
            ends = {self.connection: far, far: self.connection}
            while ready := select.select(list(ends), [], [], 10)[0]:
                for end in ready:
                    data = end.recv(65536)
                    if not data:
                        return
                    ends[end].sendall(data)


def serve(handler, context=None):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # a client that does not like the certificate hangs up
    if context:
        # The handshake is the thread's of each connection: one that never comes must not stop the others.
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_address[1]


def openssl(*words):
    subprocess.run(["openssl", *words], check=True, capture_output=True, cwd=FOLDER)


def issuer(name):
    openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", f"{name}.key",
            "-out", f"{name}.pem", "-subj", f"/CN={name}", "-days", "2")


def certificate(name, by, days=2, alternative="DNS:localhost"):
    (FOLDER / f"{name}.ext").write_text(f"subjectAltName={alternative}\n")
    openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", f"{name}.key",
            "-out", f"{name}.csr", "-subj", f"/CN={name}")
    openssl("x509", "-req", "-in", f"{name}.csr", "-out", f"{name}.pem", "-extfile", f"{name}.ext", "-days", str(days),
            "-CA", f"{by}.pem", "-CAkey", f"{by}.key", "-CAcreateserial")


def tls(name, clients=None):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(FOLDER / f"{name}.pem", FOLDER / f"{name}.key")
    if clients:
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(FOLDER / f"{clients}.pem")
    return context


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def main():
    for name in ("issuer", "stranger"):
        issuer(name)
    certificate("good", "issuer")
    certificate("other", "issuer", alternative="DNS:elsewhere.example")
    certificate("expired", "issuer", days=-1)
    certificate("unknown", "stranger")
    certificate("client", "issuer")
    places = {name.upper(): f"https://localhost:{serve(Pages, tls(name))}" for name in ("good", "other", "expired", "unknown")}
    places["MUTUAL"] = f"https://localhost:{serve(Pages, tls('good', clients='issuer'))}"
    places["PROXY"] = f"http://localhost:{serve(Tunnel)}"
    places["NOBODY"] = f"http://localhost:{free_port()}"
    places["FOLDER"] = str(FOLDER)
    environment = {**os.environ, **{f"GPUCTL_HTTP_{name}": place for name, place in places.items()}}
    try:
        return subprocess.run(sys.argv[1:], env=environment, timeout=110).returncode
    finally:
        ENDING.set()
        shutil.rmtree(FOLDER)


if __name__ == "__main__":
    sys.exit(main())
