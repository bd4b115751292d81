"""What a report in JSON says, in the words that tests ask in."""

from labtest.expect import equal, that


def steps(report):
    return [step for host in report["hosts"] for step in host["steps"]]


def step(report, name):
    return next(one for one in steps(report) if one["name"] == name)


def failed_checks(report):
    """(step, check) of everything that failed of itself."""
    checks = [(one["name"], check) for one in steps(report) for check in [*(gap["check"] for gap in one["gaps"]), *one["checks"]]]
    return [(name, check["what"]) for name, check in checks if check["outcome"] == "failed"]


def states(report, state):
    return [one["name"] for one in steps(report) if one["state"] == state]


def only_failure(report, name, *what):
    """The step `name` failed for its checks `what` and nothing else did; all other steps passed or are blocked by it."""
    equal(failed_checks(report), [(name, one) for one in what], "failed checks")
    for one in steps(report):
        blocked = one["state"] == "blocked" and one["because"] == name
        that(one["name"] == name or one["state"] == "held" or blocked, f"step {one['name']} is `{one['state']}` because `{one['because']}`")


def clean(report):
    """Every check passes, every prediction came true, and nothing changed that nobody predicted."""
    equal(failed_checks(report), [], "failed checks")
    for one in steps(report):
        equal(one["broken_promises"], [], f"broken promises of {one['name']}")
        equal(one["unforeseen"], [], f"unforeseen in {one['name']}")
        that(one["state"] in ("held", "done"), f"step {one['name']} is `{one['state']}` because `{one['because'] or one['why']}`")
