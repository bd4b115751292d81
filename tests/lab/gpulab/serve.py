"""Serves the apt repository over HTTP and the charts' over HTTPS. A word in the control file makes it misbehave, from the next request on:
`wrong-key` signs with a stranger's key, `gone` answers 404, `broken` answers 500, `slow` sends about 1 MB/s."""

import functools
import http.server
import select
import ssl
import sys
import threading
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


class Secure(http.server.ThreadingHTTPServer):
    """The handshake is left to the thread that answers, or a client that says nothing would keep all others out."""

    def __init__(self, address, folder, identity):
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(f"{identity}/server.crt", f"{identity}/server.key")
        super().__init__((address, 443), functools.partial(Handler, directory=folder))

    def get_request(self):
        connection, peer = super().get_request()
        return self.context.wrap_socket(connection, server_side=True, do_handshake_on_connect=False), peer

    def handle_error(self, request, client_address):
        print(client_address[0], sys.exc_info()[1], file=sys.stderr, flush=True)


def main(address, control, folder, charts, identity):
    Handler.control = Path(control)
    plain = http.server.ThreadingHTTPServer((address, 80), functools.partial(Handler, directory=folder))
    secure = Secure(address, charts, identity)
    threading.Thread(target=secure.serve_forever, daemon=True).start()
    print("ready\n", end="", flush=True)
    plain.serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
