"""What a report in JSON says, in the words that tests ask in."""

from labtest.expect import equal, that


def steps(report):
    return [step for host in report["hosts"] for step in host["steps"]]


def step(report, name):
    return next(one for one in steps(report) if one["name"] == name)


def failed_checks(report):
    """(step, check) of everything that failed of itself; after a provision, what still fails then."""
    found = []
    for one in steps(report):
        asked = one["checks"] if report["verb"] == "provision" else [gap["check"] for gap in one["gaps"]]
        found += [(one["name"], check["what"]) for check in asked if check["outcome"] == "failed"]
    return found


def states(report, state):
    return [one["name"] for one in steps(report) if one["state"] == state]


def only_failure(report, name, *what):
    """The step `name` failed for its checks `what` and nothing else did; all other steps passed or are blocked by it."""
    equal(failed_checks(report), [(name, one) for one in what], "failed checks")
    for one in steps(report):
        blocked = one["state"] == "blocked" and name in one["because"]
        that(one["name"] == name or one["state"] == "ok" or blocked, f"step {one['name']} is `{one['state']}` because `{one['because']}`")


def clean(report):
    """Every check passes, every prediction came true, and nothing changed that nobody predicted."""
    equal(failed_checks(report), [], "failed checks")
    for one in steps(report):
        equal(one["broken_promises"], [], f"broken promises of {one['name']}")
        equal(one["unforeseen"], [], f"unforeseen in {one['name']}")
        that(one["state"] in ("ok", "done"), f"step {one['name']} is `{one['state']}` because `{one['because'] or one['why']}`")
