"""The chart repository: the lab's operator packed as a chart, in two versions, served over HTTPS as the vendor's is."""

import gzip
import hashlib
import io
import json
import re
import tarfile
from pathlib import Path

import cache
import places
from run import run

SOURCE = places.HERE / "operator"
BASE = "nvidia"  # as in the vendor's address
VERSIONS = ("v25.10.0", "v25.10.1")  # two, so that an upgrade can be tested; the last is the chart's own
CREATED = "2025-12-03T12:00:00Z"
DAYS = "3650"


def address():
    return f"https://{places.REPOSITORY}/{BASE}"


def packed(version):
    """The chart as a .tgz, which is the same whenever it is made."""
    text = io.BytesIO()
    with tarfile.open(fileobj=text, mode="w") as out:
        for path in sorted(path for path in SOURCE.rglob("*") if path.is_file()):
            contents = path.read_bytes()
            if path == SOURCE / "Chart.yaml":
                contents = re.sub(rb"(?m)^((?:app)?[vV]ersion): .*$", rb"\1: " + version.encode(), contents)
            entry = tarfile.TarInfo(f"gpu-operator/{path.relative_to(SOURCE)}")
            entry.size = len(contents)
            out.addfile(entry, io.BytesIO(contents))
    return gzip.compress(text.getvalue(), mtime=0)


def entry(version, archive):
    fields = dict(re.findall(r"(?m)^(apiVersion|name|description|kubeVersion|type): \"?(.*?)\"?$", (SOURCE / "Chart.yaml").read_text()))
    digest = hashlib.sha256(archive).hexdigest()
    name = f"{fields['name']}-{version}.tgz"
    return {**fields, "version": version, "appVersion": version, "created": CREATED, "digest": digest, "urls": [name]}


def tree():
    """The folder that is served. An index is YAML, which JSON is."""

    def make(folder):
        place = folder / "www" / BASE
        place.mkdir(parents=True)
        entries = []
        for version in VERSIONS:
            archive = packed(version)
            entries.insert(0, entry(version, archive))  # newest first
            (place / entries[0]["urls"][0]).write_bytes(archive)
        index = {"apiVersion": "v1", "generated": CREATED, "entries": {"gpu-operator": entries}}
        (place / "index.yaml").write_text(json.dumps(index, indent=1) + "\n")

    return cache.made("charts", [SOURCE, Path(__file__)], make, "chart repository") / "www"


def identity():
    """The folder with who the server is, and who says so: server.crt, server.key; ca.crt is to be trusted."""
    subject = ("-subj", "/CN=gpuctl lab charts")

    def make(folder):
        request = ("openssl", "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
        run(*request, "-x509", "-days", DAYS, *("-subj", "/CN=gpuctl lab authority"), "-keyout", folder / "ca.key", "-out", folder / "ca.crt")
        run(*request, *subject, "-keyout", folder / "server.key", "-out", folder / "server.csr")
        (folder / "names").write_text(f"subjectAltName=IP:{places.REPOSITORY}\nextendedKeyUsage=serverAuth\n")
        signer = ("-CA", folder / "ca.crt", "-CAkey", folder / "ca.key", "-CAcreateserial")
        run("openssl", "x509", "-req", "-days", DAYS, "-in", folder / "server.csr", *signer, "-extfile", folder / "names", "-out", folder / "server.crt")

    return cache.made("identity", ["identity 1", places.REPOSITORY, *subject], make, "certificate of the chart repository")
