"""The rooms of src/ and what each may include (the design's table), with the libraries fenced in them."""

# room: the rooms that it may include besides itself. main.cpp may include every room.
ROOMS = {
    "cli": {"view", "engine", "playbook", "doctor", "steps", "chart", "core", "util"},
    "view": {"core", "util"},
    "engine": {"steps", "core", "util"},
    "doctor": {"core", "util"},
    "playbook": {"steps", "chart", "yaml", "core", "util"},
    "steps": {"chart", "core", "util"},
    "chart": {"yaml", "core", "util"},
    "host": {"ssh", "kube", "core", "util"},
    "kube": {"http", "core", "util"},
    # What is a chart's index, reference or version is chart's to say; what is asked of whom for it, this room's.
    "registry": {"http", "chart", "core", "util"},
    "ssh": {"core", "util"},
    "http": {"core", "util"},
    "yaml": {"core", "util"},
    "core": {"util"},
    "util": set(),
}

# Rooms without effects, and the headers through which an effect would come in. util is not among them: it has the clock.
PURE = {"core", "yaml", "chart", "steps", "doctor", "playbook", "view"}
EFFECTS = {
    "fstream", "filesystem", "iostream", "thread", "mutex", "condition_variable", "future", "unistd.h", "fcntl.h", "poll.h", "netdb.h",
    "spawn.h", "signal.h", "csignal", "dirent.h", "glob.h", "pwd.h", "termios.h", "cstdio", "stdio.h",
}
EFFECT_FOLDERS = {"sys", "netinet", "arpa", "net", "linux"}

# First part of a third-party header: (rooms, also in headers?). None: any room.
LIBRARIES = {
    "CLI": ({"cli"}, True),
    "libssh": ({"ssh"}, True),
    "curl": ({"http"}, True),
    "yaml-cpp": ({"yaml"}, True),
    "yaml.h": ({"yaml"}, True),
    "toml++": ({"host", "chart"}, True),
    "toml.hpp": ({"host"}, True),
    "re2": ({"chart"}, True),
    "archive.h": ({"chart"}, True),
    "archive_entry.h": ({"chart"}, True),
    "openssl": ({"util"}, True),
    "crypt.h": ({"util"}, True),
    "zlib.h": ({"util"}, True),
    "fmt": (None, True),
    # Compiling json.hpp costs three seconds a file.
    "nlohmann": ({"view", "kube", "engine", "chart"}, False),
    # Only to know what a schema says; it includes <regex> itself.
    "valijson": ({"chart"}, False),
}
# core's headers are everybody's: no library comes in through them.
NOT_IN_CORE_HEADERS = {"fmt", "nlohmann"}

# Headers that no file includes, with the reason.
BANNED_HEADERS = {
    "regex": "slow to compile and to run",
    "format": "not in libstdc++ 12",
    "expected": "not in C++20",
    "doctest/doctest.h": "tests only",
    "doctest.h": "tests only",
}
# Words that no file of src/ holds, with the reason.
BANNED_WORDS = {
    r"\bsleep_for\b|\bsleep_until\b|\busleep\s*\(|\bnanosleep\s*\(": "wait for a condition, with a deadline",
    r"\bstd::(regex|format|expected)\b|\branges::to\b": "not to be used",
    r"\b(TODO|FIXME|XXX|HACK)\b": "an issue, not a comment",
}

LONGEST = 400
# A longer file, and why it is one file.
LONG_BECAUSE = {}
