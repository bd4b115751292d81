"""Serves the repository over HTTP. A word in the control file makes it misbehave, from the next request on:
`wrong-key` signs with a stranger's key, `gone` answers 404, `broken` answers 500, `slow` sends about 1 MB/s."""

import functools
import http.server
import select
import sys
from pathlib import Path

SLOW_BYTES = 1 << 16


class Handler(http.server.SimpleHTTPRequestHandler):
    control = Path("/nonexistent")

    def mode(self):
        return self.control.read_text(encoding="ascii").strip() if self.control.exists() else "up"

    def send_head(self):
        refusal = {"gone": 404, "broken": 500}.get(self.mode())
        if refusal:
            self.send_error(refusal)
            return None
        if self.mode() == "wrong-key":
            del self.headers["If-Modified-Since"]  # or a client that has the right one is told to keep it
        return super().send_head()

    def translate_path(self, path):
        real = super().translate_path(path)
        if self.mode() == "wrong-key" and path.endswith(("/InRelease", "/Release.gpg")):
            real += ".stranger"
        return real

    def copyfile(self, source, outputfile):
        if self.mode() != "slow":
            super().copyfile(source, outputfile)
            return
        while piece := source.read(SLOW_BYTES):
            outputfile.write(piece)
            select.select([], [], [], SLOW_BYTES / 1e6)

    def log_message(self, *args):
        print(self.address_string(), args[0] % args[1:], file=sys.stderr, flush=True)


def main(folder, address, control):
    Handler.control = Path(control)
    http.server.ThreadingHTTPServer.allow_reuse_address = True
    server = http.server.ThreadingHTTPServer((address, 80), functools.partial(Handler, directory=folder))
    print("ready\n", end="", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
