"""What a machine's SSH server says it was asked: logins and sessions since a point in time."""


class Log:
    def __init__(self, node):
        self.node = node
        self.cursor = self.read("-n0", "--show-cursor").rsplit("-- cursor: ", 1)[1].strip()

    def read(self, *words):
        self.node.run("journalctl", "--sync")
        return self.node.run("journalctl", "-t", "sshd", "-t", "sshd-session", "-o", "cat", *words).stdout

    def rows(self):
        return self.read(f"--after-cursor={self.cursor}").splitlines()

    def count(self, start):
        return sum(row.startswith(start) for row in self.rows())

    @property
    def connections(self):
        return self.count("Connection from")

    @property
    def logins(self):
        return self.count("Accepted publickey")

    @property
    def sessions(self):
        """Sessions with a command or a shell; one exec is one."""
        return self.count("Starting session")
