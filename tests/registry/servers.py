"""Chart repositories and an OCI registry on the loopback, charts to put there, and gpuctl run against them."""

import base64
import collections
import gzip
import hashlib
import http.server
import io
import json
import os
import pathlib
import re
import ssl
import subprocess
import tarfile
import tempfile
import threading
import urllib.parse

FOLDER = pathlib.Path(tempfile.mkdtemp(prefix="gpuctl-registry-"))
Asked = collections.namedtuple("Asked", "path authorization headers")


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def pack(name, version, **files):
    """A packed chart: a ConfigMap that says which one it is. Names in `files` have `__` for a slash and `_` for a dot."""
    content = {
        "Chart.yaml": f"apiVersion: v2\nname: {name}\nversion: {version}\n",
        "values.yaml": "x: 1\n",
        "templates/map.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: {{ .Chart.Name }}}\n"
        "data: {version: {{ .Chart.Version | quote }}, x: {{ .Values.x | quote }}}\n",
        **{key.replace("__", "/").replace("_", "."): value for key, value in files.items()},
    }
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w") as out:
        for path, text in content.items():
            entry = tarfile.TarInfo(f"{name}/{path}")
            data = text.encode()
            entry.size = len(data)
            out.addfile(entry, io.BytesIO(data))
    return gzip.compress(tar.getvalue(), mtime=0)


def index(charts, **more):
    """An index.yaml of (name, version, bytes, url), with each chart's digest."""
    entries = {}
    for name, version, data, url in charts:
        entry = {"apiVersion": "v2", "name": name, "version": version, "urls": [url], "digest": sha256(data), **more}
        entries.setdefault(name, []).append(entry)
    return json.dumps({"apiVersion": "v1", "entries": entries, "generated": "2024-01-01T00:00:00Z"}).encode()


def openssl(*words):
    subprocess.run(["openssl", *words], check=True, capture_output=True, cwd=FOLDER)


def certificate(name, issuer):
    """NAME.pem with NAME.key for the loopback, signed by `issuer`, which is made where it is not there."""
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    if not (FOLDER / f"{issuer}.pem").exists():
        openssl("req", "-x509", *key, "-keyout", f"{issuer}.key", "-out", f"{issuer}.pem", "-subj", f"/CN={issuer}", "-days", "2")
    (FOLDER / f"{name}.ext").write_text("subjectAltName=DNS:localhost,IP:127.0.0.1\n")
    openssl("req", *key, "-keyout", f"{name}.key", "-out", f"{name}.csr", "-subj", f"/CN={name}")
    openssl("x509", "-req", "-in", f"{name}.csr", "-out", f"{name}.pem", "-extfile", f"{name}.ext", "-days", "2",
            "-CA", f"{issuer}.pem", "-CAkey", f"{issuer}.key", "-CAcreateserial")


class Server:
    """An HTTP server on a port of its own that notes what it is asked."""

    def __init__(self, tls=None, client_issuer=None):
        outer = self
        self.asked = []

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def handle_any(self):
                outer.asked.append(Asked(self.path, self.headers.get("Authorization"), dict(self.headers)))
                outer.handle(self)

            do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = handle_any

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.handle_error = lambda *_: None
        if tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(FOLDER / f"{tls}.pem", FOLDER / f"{tls}.key")
            if client_issuer:
                context.load_verify_locations(FOLDER / f"{client_issuer}.pem")
                context.verify_mode = ssl.CERT_REQUIRED
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True, do_handshake_on_connect=False)
        self.host = f"127.0.0.1:{self.server.server_address[1]}"
        self.url = f"{'https' if tls else 'http'}://{self.host}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def paths(self):
        return [asked.path for asked in self.asked]

    def answer(self, request, status, body=b"", **headers):
        request.send_response(status)
        for key, value in headers.items():
            request.send_header(key.replace("_", "-"), value)
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        if request.command != "HEAD":
            request.wfile.write(body)

    def basic(self, user, password):
        return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


class Repository(Server):
    """A chart repository: `files` by their paths, each bytes or a function of the request; `user` if it wants one."""

    def __init__(self, files=None, user=None, **tls):
        self.files = files or {}
        self.user = user
        self.etags = False
        super().__init__(**tls)

    def handle(self, request):
        if self.user and request.headers.get("Authorization") != self.basic(*self.user):
            return self.answer(request, 401, b"no", WWW_Authenticate='Basic realm="charts"')
        found = self.files.get(urllib.parse.urlparse(request.path).path)
        if found is None:
            return self.answer(request, 404, b"not here")
        if callable(found):
            return found(self, request)
        etag = f'"{sha256(found)}"'
        if self.etags and request.headers.get("If-None-Match") == etag:
            return self.answer(request, 304)
        return self.answer(request, 200, found, **({"ETag": etag} if self.etags else {}))


class Registry(Server):
    """An OCI registry as the distribution specification has it: uploads in one part or several, manifests, tags in pages, and
    tokens for those who know `user`; those who do not may only read what is named public."""

    def __init__(self, user=None, public=(), basic_only=False, **tls):
        self.user, self.public, self.basic_only = user, public, basic_only
        self.blobs, self.manifests, self.tags, self.uploads, self.tokens = {}, {}, {}, {}, {}
        self.page = 2
        self.realm = None
        self.damage = {}
        super().__init__(**tls)

    def handle(self, request):
        url = urllib.parse.urlparse(request.path)
        query = dict(urllib.parse.parse_qsl(url.query))
        body = request.rfile.read(int(request.headers.get("Content-Length") or 0))
        if url.path == "/token":
            return self.token(request, query, body)
        name = re.fullmatch(r"/v2/(.+?)/(blobs|manifests|tags)/(.*)", url.path)
        if not self.allowed(request, name and name.group(1)):
            if self.basic_only:
                return self.answer(request, 401, b"{}", WWW_Authenticate='Basic realm="registry, of charts"')
            scope = f"repository:{name.group(1)}:pull,push" if name else ""
            realm = self.realm or f"{self.url}/token"
            return self.answer(request, 401, b"{}", WWW_Authenticate=f'Bearer realm="{realm}",service="the registry",scope="{scope}"')
        if not name:
            return self.answer(request, 200 if url.path == "/v2/" else 404, b"{}")
        return getattr(self, f"serve_{name.group(2)}")(request, name.group(1), name.group(3), query, body)

    def allowed(self, request, name):
        given = request.headers.get("Authorization", "")
        if not self.user:
            return True
        if self.basic_only:
            return given == self.basic(*self.user)
        who = self.tokens.get(given.removeprefix("Bearer "))
        return who == "user" or (who == "nobody" and name in self.public)

    def token(self, request, query, body):
        form = dict(urllib.parse.parse_qsl(body.decode()))
        given = request.headers.get("Authorization")
        who = "nobody" if given is None else "user"
        if form.get("refresh_token") == "identity":
            who, query = "user", form
        elif given is not None and given != self.basic(*self.user):
            return self.answer(request, 401, b"wrong password")
        if query.get("service") != "the registry":
            return self.answer(request, 400, b"which service?")
        token = sha256(os.urandom(8))
        self.tokens[token] = who
        return self.answer(request, 200, json.dumps({"token" if given else "access_token": token}).encode())

    def upload(self, request, name, rest, query, body):
        if request.command == "POST" and "digest" not in query:
            upload = sha256(os.urandom(8))
            self.uploads[upload] = b""
            return self.answer(request, 202, Location=f"/v2/{name}/blobs/uploads/{upload}", Range="0-0")
        upload = rest.removeprefix("uploads/")
        data = self.uploads.get(upload, b"") + body
        if request.command == "PATCH":
            self.uploads[upload] = data
            return self.answer(request, 202, Location=f"/v2/{name}/blobs/uploads/{upload}", Range=f"0-{len(data) - 1}")
        if query["digest"] != "sha256:" + sha256(data):
            return self.answer(request, 400, b"another digest")
        self.blobs[query["digest"]] = data
        return self.answer(request, 201, Location=f"/v2/{name}/blobs/{query['digest']}")

    def blob(self, request, name, rest, query, body):
        data = self.damage.get(rest, self.blobs.get(rest))
        if data is None:
            return self.answer(request, 404, b"{}")
        if callable(data):
            return data(self, request)
        return self.answer(request, 200, data, Docker_Content_Digest=rest, Content_Type="application/octet-stream")

    def serve_blobs(self, request, name, rest, query, body):
        uploads = rest.startswith("uploads/") or rest == "uploads"
        return (self.upload if uploads else self.blob)(request, name, rest, query, body)

    def serve_manifests(self, request, name, reference, query, body):
        if request.command == "PUT":
            digest = "sha256:" + sha256(body)
            self.manifests[digest] = (request.headers["Content-Type"], body)
            if not reference.startswith("sha256:"):
                self.tags.setdefault(name, {})[reference] = digest
            return self.answer(request, 201, Location=f"/v2/{name}/manifests/{digest}", Docker_Content_Digest=digest)
        digest = self.tags.get(name, {}).get(reference, reference)
        if digest not in self.manifests:
            return self.answer(request, 404, b'{"errors":[{"code":"MANIFEST_UNKNOWN"}]}')
        kind, data = self.manifests[digest]
        data = self.damage.get(digest, data)
        return self.answer(request, 200, data, Content_Type=kind, Docker_Content_Digest=digest)

    def serve_tags(self, request, name, rest, query, body):
        known = sorted(tag for tag in self.tags.get(name, {}) if tag > query.get("last", ""))
        page = known[: self.page]
        more = {"Link": f'</v2/{name}/tags/list?last={page[-1]}>; rel="next"'} if len(known) > self.page else {}
        return self.answer(request, 200, json.dumps({"name": name, "tags": page}).encode(), **more)

    def push(self, name, tag, chart, layer="application/vnd.cncf.helm.chart.content.v1.tar+gzip", **manifest):
        """What `helm push` leaves; its test does it with the real one."""
        config = b"{}"
        for data in (config, chart):
            self.blobs["sha256:" + sha256(data)] = data
        body = json.dumps({
            "schemaVersion": 2,
            "config": {"mediaType": "application/vnd.cncf.helm.config.v1+json", "digest": "sha256:" + sha256(config), "size": 2},
            "layers": [{"mediaType": layer, "digest": "sha256:" + sha256(chart), "size": len(chart)}],
            **manifest,
        }).encode()
        digest = "sha256:" + sha256(body)
        self.manifests[digest] = ("application/vnd.oci.image.manifest.v1+json", body)
        self.tags.setdefault(name, {})[tag] = digest
        return digest


class Home:
    """A home of its own for gpuctl and Helm, and gpuctl run in it."""

    def __init__(self, gpuctl):
        self.gpuctl = gpuctl
        self.path = pathlib.Path(tempfile.mkdtemp(prefix="home-", dir=FOLDER))
        self.cache = self.path / ".cache/gpuctl"
        keep = {name: value for name, value in os.environ.items() if not re.match(r"(?i)(xdg|helm|docker)_|.*_proxy$|ssl_cert", name)}
        self.environment = {**keep, "HOME": str(self.path), "no_proxy": "127.0.0.1,localhost", "NO_PROXY": "127.0.0.1,localhost"}

    def write(self, path, text):
        path = self.path / path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def repositories(self, *entries):
        return self.write(".config/helm/repositories.yaml", json.dumps({"apiVersion": "v1", "repositories": entries}))

    def run(self, *words, cwd=None):
        return subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False, timeout=60,
                              env=self.environment, cwd=cwd or self.path)

    def chart(self, *words, **more):
        return self.run(self.gpuctl, "chart", *words, **more)


def redirect(to):
    return lambda server, request: server.answer(request, 302, Location=to)


def truncated(data):
    def handle(server, request):
        request.send_response(200)
        request.send_header("Content-Length", str(len(data)))
        request.end_headers()
        request.wfile.write(data[: len(data) // 2])
        request.close_connection = True
    return handle


def endless(front, piece):
    """Never ends by itself."""
    def handle(server, request):
        request.send_response(200)
        request.send_header("Connection", "close")
        request.end_headers()
        request.wfile.write(front)
        while True:
            request.wfile.write(piece)
    return handle


def silent(server, request):
    ENDING.wait(60)


ENDING = threading.Event()
