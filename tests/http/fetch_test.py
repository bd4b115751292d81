"""gpuctl's downloads against real servers on this machine: TLS good and bad, redirects, sizes, proxies, silence.

usage: fetch_test.py FETCH_PROGRAM
"""

import http.server
import os
import pathlib
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import unittest

PROGRAM = sys.argv.pop(1)
FOLDER = pathlib.Path(tempfile.mkdtemp(prefix="gpuctl-http-"))


class Pages(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        name, _, rest = self.path[1:].partition("/")
        getattr(self, name)(rest)

    def send(self, status, body=b"", **headers):
        self.send_response(status)
        for key, value in headers.items():
            self.send_header(key, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def key(self, _):
        self.send(200, b"a key")

    def status(self, code):
        self.send(int(code), b"no")

    def to(self, place):
        self.send(302, Location=place)

    def loop(self, count):
        self.send(302, Location=f"/loop/{int(count) + 1}")

    def chunks(self, count):
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for _ in range(int(count)):
            self.wfile.write(b"a\r\n0123456789\r\n")
        self.wfile.write(b"0\r\n\r\n")

    def short(self, _):
        self.send_response(200)
        self.send_header("Content-Length", "100")
        self.end_headers()
        self.wfile.write(b"x")
        self.close_connection = True


class Tunnel(http.server.BaseHTTPRequestHandler):
    """An HTTP proxy that notes whom it was asked for."""

    asked = []

    def log_message(self, *_):
        pass

    def do_CONNECT(self):
        Tunnel.asked.append(self.path)
        self.send_error(403)


def serve(handler, context=None):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # a client that does not like the certificate hangs up
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_address[1]


def openssl(*words):
    subprocess.run(["openssl", *words], check=True, capture_output=True, cwd=FOLDER)


def certificate(name, issuer=None, days=2, alternative="DNS:localhost"):
    """A certificate NAME.pem with NAME.key, signed by `issuer`, or by itself."""
    (FOLDER / f"{name}.ext").write_text(f"subjectAltName={alternative}\n")
    openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", f"{name}.key",
            "-out", f"{name}.csr", "-subj", f"/CN={name}")
    sign = ["-CA", f"{issuer}.pem", "-CAkey", f"{issuer}.key", "-CAcreateserial"] if issuer else ["-signkey", f"{name}.key"]
    openssl("x509", "-req", "-in", f"{name}.csr", "-out", f"{name}.pem", "-extfile", f"{name}.ext", "-days", str(days), *sign)


def tls(name):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(FOLDER / f"{name}.pem", FOLDER / f"{name}.key")
    return context


def issuer(name):
    openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout",
            f"{name}.key", "-out", f"{name}.pem", "-subj", f"/CN={name}", "-days", "2")


def fetch(url, proxy="", no_proxy="", most=100, time=10000, env=(), times=1):
    words = [PROGRAM, url, str(FOLDER / "issuer.pem"), proxy, no_proxy, str(most), str(time), str(times)]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=True, env={**os.environ, **dict(env)})
    return done.stdout.rstrip("\n")


class Fetch(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        issuer("issuer")
        issuer("stranger")
        certificate("good", "issuer")
        certificate("other", "issuer", alternative="DNS:elsewhere.example")
        certificate("expired", "issuer", days=-1)
        certificate("unknown", "stranger")
        certificate("alone")
        cls.plain = f"http://localhost:{serve(Pages)}"
        for name in ("good", "other", "expired", "unknown", "alone"):
            setattr(cls, name, f"https://localhost:{serve(Pages, tls(name))}")
        cls.proxy = f"http://localhost:{serve(Tunnel)}"

    def test_a_file(self):
        self.assertEqual(fetch(f"{self.good}/key"), "text: a key")
        self.assertEqual(fetch(f"{self.plain}/key"), "text: a key")
        self.assertEqual(fetch(f"{self.good}/chunks/10"), "text: " + "0123456789" * 10)

    def test_statuses(self):
        self.assertEqual(fetch(f"{self.good}/status/404"), "absent")
        self.assertEqual(fetch(f"{self.good}/status/410"), "absent")
        self.assertEqual(fetch(f"{self.good}/status/503"), "failed: localhost answers with HTTP status 503")
        self.assertEqual(fetch(f"{self.good}/status/204"), "text: ")

    def test_redirects(self):
        self.assertEqual(fetch(f"{self.good}/to/{self.good}/key"), "text: a key")
        self.assertEqual(fetch(f"{self.plain}/to/{self.good}/key"), "text: a key")
        self.assertEqual(fetch(f"{self.good}/to/{self.plain}/key"), "failed: localhost redirects to what is not https")
        self.assertEqual(fetch(f"{self.plain}/to/file:///etc/hostname"), "failed: localhost redirects to what is not https")
        self.assertEqual(fetch(f"{self.good}/loop/0"), "failed: localhost redirects more than five times")

    def test_sizes(self):
        self.assertEqual(fetch(f"{self.good}/chunks/11"), "failed: the file is larger than 100 bytes")
        self.assertEqual(fetch(f"{self.good}/key", most=4), "failed: the file is larger than 4 bytes")
        self.assertEqual(fetch(f"{self.good}/key", most=5), "text: a key")
        self.assertEqual(fetch(f"{self.plain}/short"), "failed: the connection to localhost was lost before the answer was whole")

    def test_certificates(self):
        refused = "failed: the certificate of localhost is not accepted: "
        self.assertEqual(fetch(f"{self.expired}/key"), refused + "it has expired")
        unknown = "its issuer is not known here (SSL_CERT_FILE names other issuers to trust)"
        self.assertEqual(fetch(f"{self.unknown}/key"), refused + unknown)
        self.assertEqual(fetch(f"{self.alone}/key"), refused + "it is self-signed")
        self.assertIn(refused + "SSL: no alternative certificate subject name matches", fetch(f"{self.other}/key"))

    def test_nobody_there(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.assertEqual(fetch(f"https://localhost:{port}/"), "failed: cannot connect to localhost: Connection refused")
        self.assertEqual(fetch("https://nowhere.invalid/"), "failed: no address is known for nowhere.invalid")

    def test_silence(self):
        with socket.socket() as silent:
            silent.bind(("127.0.0.1", 0))
            silent.listen()
            port = silent.getsockname()[1]
            answer = fetch(f"https://localhost:{port}/", time=300)
        self.assertEqual(answer, "failed: localhost did not deliver within 300 ms")

    def test_what_is_no_web_address(self):
        self.assertEqual(fetch("file:///etc/hostname"), "failed: file: is refused, only https: and http: are fetched")
        self.assertEqual(fetch("ftp://localhost/x"), "failed: ftp: is refused, only https: and http: are fetched")
        self.assertEqual(fetch("no url"), 'failed: "no url" is not a URL')

    def test_a_libcurl_that_cannot_be_loaded(self):
        (FOLDER / "libcurl.so.4").write_text("no library")
        try:
            answer = fetch(f"{self.good}/key", env={"LD_LIBRARY_PATH": str(FOLDER)}, times=2)
        finally:
            (FOLDER / "libcurl.so.4").unlink()
        first, second = answer.splitlines()
        self.assertEqual(first, second)
        self.assertRegex(first, "^error: libcurl cannot be loaded: .*libcurl.so.4: .*; install libcurl4, as Debian and Ubuntu call it$")

    def test_the_proxy_is_the_one_that_was_passed_in(self):
        port = self.good.rpartition(":")[2]
        Tunnel.asked.clear()
        self.assertEqual(fetch(f"{self.good}/key", proxy=self.proxy), "failed: the proxy does not connect to localhost: HTTP status 403")
        self.assertEqual(Tunnel.asked, [f"localhost:{port}"])
        self.assertEqual(fetch(f"{self.good}/key", proxy=self.proxy, no_proxy="localhost"), "text: a key")
        behind = {"https_proxy": self.proxy, "HTTPS_PROXY": self.proxy, "ALL_PROXY": self.proxy}
        self.assertEqual(fetch(f"{self.good}/key", env=behind), "text: a key")
        self.assertEqual(len(Tunnel.asked), 1)
        self.assertEqual(fetch(f"{self.good}/key", proxy="http://nowhere.invalid:1")[:44],
                         "failed: no address is known for the proxy: C"[:44])


if __name__ == "__main__":
    try:
        unittest.main()
    finally:
        for path in FOLDER.iterdir():
            path.unlink()
        FOLDER.rmdir()
