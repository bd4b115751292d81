"""Running commands: quietly, with what they said shown when they fail."""

import subprocess

import say

running = set()


def run(*command, **options):
    """Runs a command that must succeed and returns its stdout."""
    words = [str(word) for word in command]
    process = subprocess.Popen(
        words,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        **options,
    )
    running.add(process)
    try:
        said = process.communicate()[0]
    finally:
        running.discard(process)
    if process.returncode != 0:
        tail = "\n".join(said.splitlines()[-25:])
        raise say.Refused(f"`{' '.join(words)[:300]}` ended with {process.returncode}:\n{tail}")
    return said


def end_all():
    """Ends what other threads are running, so that an interrupted command does not wait for it."""
    for process in list(running):
        process.kill()


def quiet(*command):
    """Runs a command whose failure does not matter; whether it succeeded."""
    return (
        subprocess.run(
            [str(c) for c in command], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ).returncode
        == 0
    )


def private(script, *args):
    """Runs a shell script in mount and process namespaces of its own: its mounts and processes end with it, also when it is
    killed."""
    unshare = ["unshare", "-m", "-p", "-f", "--kill-child", "--propagation", "private"]
    return run(*unshare, "sh", "-euc", script, "sh", *args)
