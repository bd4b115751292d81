"""Running commands: quietly, with what they said shown when they fail."""

import subprocess

import say


def run(*command, **options):
    """Runs a command that must succeed and returns its stdout."""
    result = subprocess.run(
        [str(c) for c in command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, errors="replace", **options,
    )
    if result.returncode != 0:
        tail = "\n".join(result.stdout.splitlines()[-25:])
        raise say.Refused(f"`{' '.join(str(c) for c in command)[:300]}` ended with {result.returncode}:\n{tail}")
    return result.stdout


def quiet(*command):
    """Runs a command whose failure does not matter; whether it succeeded."""
    return subprocess.run([str(c) for c in command], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL).returncode == 0


def private(script, *args):
    """Runs a shell script in a mount namespace of its own: its mounts end with it, also when it is killed."""
    return run("unshare", "-m", "--propagation", "private", "sh", "-euc", script, "sh", *args)
