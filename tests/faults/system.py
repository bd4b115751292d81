"""A system that is not what gpuctl can work on: said before the first action."""

from labtest import expect, overlay
from labtest.case import case


@case("no systemd")
def no_systemd(t):
    t.node.sh("mkdir -p /run/sshd")
    server = t.node.start("unshare", "-m", "sh", "-euc", "mount -t tmpfs tmpfs /run/systemd; exec /usr/sbin/sshd -D -e -p 2222")
    while "Server listening on 0.0.0.0" not in server.stdout.readline():
        pass
    before = t.node.written()
    t.gpuctl.use(overlay.site({"k3s-gpu-worker": overlay.host(port=2222)}))
    run = t.gpuctl.provision().ended(1)
    t.golden_failure("faults/no-systemd.txt", run)
    expect.equal(t.node.written(), before, "files on the node's disk")
    server.terminate()
    t.gpuctl.use(overlay.site())
    t.gpuctl.plan().ended(2)


@case("another distribution")
def distribution(t):
    t.node.sh("cp /usr/lib/os-release /root/")
    t.node.write("/usr/lib/os-release", 'ID=fedora\nVERSION_ID=41\nPRETTY_NAME="Fedora Linux 41"\n')
    t.node.sh("mv /usr/bin/apt-get /usr/bin/apt-get.away; mv /usr/bin/dpkg /usr/bin/dpkg.away; mv /usr/bin/dpkg-query /usr/bin/dpkg-query.away")
    before = t.node.written()
    run = t.gpuctl.provision().ended(1)
    t.golden_failure("faults/wrong-distribution.txt", run)
    expect.equal(t.node.written(), before, "files on the node's disk")
    t.node.sh("cp /root/os-release /usr/lib/; for p in apt-get dpkg dpkg-query; do mv /usr/bin/$p.away /usr/bin/$p; done")
    t.gpuctl.provision().ended(0)
    t.gpuctl.verify().ended(0)
