"""A place on a node where something real stops until the test lets it go on: a command that says `here` into one FIFO and
waits at another."""

import os
import select

from labtest.expect import Failure


class Gate:
    def __init__(self, node, name):
        self.node, self.name = node, name
        self.here, self.go = f"/run/gate-{name}-here", f"/run/gate-{name}-go"
        node.sh('rm -f "$1" "$2"; mkfifo "$1" "$2"', self.here, self.go)
        self.reading = os.open(node.path(self.here), os.O_RDONLY | os.O_NONBLOCK)
        self.letting = os.open(node.path(self.go), os.O_RDWR)

    @property
    def command(self):
        """What stops at the gate runs this, as root, in a shell."""
        return f"echo here >{self.here}; read -r _ <{self.go}"

    def reached(self, seconds=60):
        """Waits until something stands at the gate."""
        if not select.select([self.reading], [], [], seconds)[0]:
            raise Failure(f"nothing came to the gate `{self.name}` within {seconds} s")
        os.read(self.reading, 4096)

    def open(self):
        os.write(self.letting, b"\n")

    def before_dpkg(self):
        self.node.write("/etc/apt/apt.conf.d/99gate", f'DPkg::Pre-Invoke {{"{self.command}";}};\n')
        return self

    def after_dpkg(self):
        self.node.write("/etc/apt/apt.conf.d/99gate", f'DPkg::Post-Invoke {{"{self.command}";}};\n')
        return self

    def before_update(self):
        self.node.write("/etc/apt/apt.conf.d/99gate", f'APT::Update::Pre-Invoke {{"{self.command}";}};\n')
        return self

    def before_start_of(self, unit):
        """A drop-in below /run: the next start of the unit stops here."""
        text = f"[Service]\nExecStartPre=/bin/sh -c '{self.command}'\n"
        self.node.write(f"/run/systemd/system/{unit}.d/gate.conf", text)
        self.node.sh("systemctl daemon-reload")
        return self

    def before_program(self, path):
        """The program's next run stops here, and only that."""
        self.node.sh('[ -e "$1.real" ] || mv "$1" "$1.real"', path)
        once = f"/run/gate-{self.name}-once"
        self.node.write(path, f'#!/bin/sh\nif mkdir {once} 2>/dev/null; then {self.command}; fi\nexec {path}.real "$@"\n')
        self.node.sh('chmod +x "$1"', path)
        return self

    def remove(self):
        self.node.sh("rm -rf /etc/apt/apt.conf.d/99gate /run/systemd/system/*.service.d/gate.conf; systemctl daemon-reload")
