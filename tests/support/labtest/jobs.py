"""The jobs that gpuctl starts on a node, watched from this host."""

import select

from labtest.watch import Watch


class Jobs:
    def __init__(self, node):
        node.sh("mkdir -p /run/gpuctl; chmod 700 /run/gpuctl")
        self.node = node
        self.folders = Watch(node.path("/run/gpuctl"))

    def begun(self, run):
        """Waits until a job begins: its folder's name. Empty when the run ends without one."""
        if not self.either(run, self.folders):
            return ""
        return self.folders.next()

    def ended(self, run):
        """Waits until a job has begun and ended: its exit code is there."""
        name = self.begun(run)
        if name:
            self.end(name)
        return name

    def end(self, name, seconds=60):
        """Waits for the end of a job that has begun."""
        inside = Watch(self.node.path(f"/run/gpuctl/{name}"))
        if not self.node.path(f"/run/gpuctl/{name}/rc").exists():
            inside.until("rc", seconds)

    @staticmethod
    def either(run, watch, seconds=120):
        """Whether something appears before the run ends."""
        if watch.seen:
            return True
        ready = select.select([watch.fd, run.pidfd], [], [], seconds)[0]
        return watch.fd in ready
