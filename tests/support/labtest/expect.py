"""What a test expects. A failure says what was seen beside what was expected."""


class Failure(Exception):
    pass


def that(holds, what):
    if not holds:
        raise Failure(what)


def equal(seen, expected, what):
    that(seen == expected, f"{what}:\n  expected  {expected}\n  observed  {seen}")


def within(seen, low, high, what):
    that(low <= seen <= high, f"{what}: expected {low} to {high}, observed {seen}")


def holds_text(text, part, what):
    that(part in text, f"{what}: expected to find\n  {part}\nin\n{indent(text)}")


def lacks_text(text, part, what):
    that(part not in text, f"{what}: expected not to find\n  {part}\nin\n{indent(text)}")


def indent(text):
    return "\n".join(f"  {row}" for row in text.splitlines())
