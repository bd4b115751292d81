"""Waiting for files to appear, by inotify; a machine's folders are watched from this host."""

import ctypes
import os
import select
import struct
import time

from labtest.expect import Failure

CREATE, MOVED_TO, ISDIR = 0x100, 0x80, 0x40000000
libc = ctypes.CDLL(None, use_errno=True)


class Watch:
    """Names that appear in a folder, in order."""

    def __init__(self, folder):
        self.folder = str(folder)
        self.fd = libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        if libc.inotify_add_watch(self.fd, self.folder.encode(), CREATE | MOVED_TO) < 0:
            raise Failure(f"cannot watch {self.folder}: {os.strerror(ctypes.get_errno())}")
        self.seen = []

    def read(self):
        data, at = os.read(self.fd, 65536), 0
        while at < len(data):
            size = struct.unpack_from("iIII", data, at)[3]
            self.seen.append(data[at + 16 : at + 16 + size].rstrip(b"\0").decode())
            at += 16 + size

    def next(self, seconds=60):
        """The name of what appears next."""
        if not self.seen:
            if not select.select([self.fd], [], [], seconds)[0]:
                raise Failure(f"nothing appeared in {self.folder} within {seconds} s")
            self.read()
        return self.seen.pop(0)

    def so_far(self):
        """The names of what has appeared and was not asked for yet."""
        if select.select([self.fd], [], [], 0)[0]:
            self.read()
        seen, self.seen = self.seen, []
        return seen

    def until(self, name, seconds=60):
        deadline = time.monotonic() + seconds
        while self.next(max(0, deadline - time.monotonic())) != name:
            pass

    def close(self):
        os.close(self.fd)
