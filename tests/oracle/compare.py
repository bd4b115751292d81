#!/usr/bin/env python3
"""Asks gpuctl and the oracle the same cases and shows where they differ. See README.md."""

import argparse
import importlib
import json
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
LAB = HERE.parent / "lab" / "lab"
TOP = HERE.parent.parent
BATCH = 5000
TIMEOUT = 120  # seconds, of a batch
WIDEST = 400  # of a case that is shown; its template comes first
AGAIN = 1000  # times that the oracle is asked a case which it may answer in several ways

sys.dont_write_bytecode = True
sys.path.insert(0, str(HERE))


def areas():
    return sorted(path.stem for path in (HERE / "cases").glob("*.py") if not path.stem.startswith("_"))


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("area", nargs="*", help="generators in cases/; all when none is named")
    parser.add_argument("--gpuctl", default=TOP / "build/src/gpuctl", help="the program that is tried")
    parser.add_argument("--oracle", help="the program that knows; built by the lab when none is named")
    parser.add_argument("--cases", type=Path, help="a file of JSON lines instead of generators")
    parser.add_argument("--seed", type=int, default=1, help="of the random areas")
    parser.add_argument("--show", type=int, default=20, help="how many differences to show of an area")
    parser.add_argument("--errors", choices=("exact", "any"), default="exact", help="any: that there is one is enough")
    return parser.parse_args()


def oracle(path):
    return path or subprocess.run([LAB, "program", "oracle"], check=True, text=True, stdout=subprocess.PIPE).stdout.strip()


def asked(command, lines):
    done = subprocess.run(command, input="".join(lines), check=False, text=True, capture_output=True, timeout=TIMEOUT)
    answers = [json.loads(line) for line in done.stdout.split("\n") if line]
    if done.returncode != 0 or len(answers) != len(lines):
        sys.exit(f"{command[0]}: {len(answers)} answers of {len(lines)}, exit {done.returncode}\n{done.stderr[:2000]}")
    return answers


def same(one, other, errors):
    if errors == "any" and "error" in one and "error" in other:
        return True
    return {**one, "id": 0} == {**other, "id": 0}


def differences(cases, programs, errors):
    for start in range(0, len(cases), BATCH):
        part = cases[start : start + BATCH]
        lines = [json.dumps({"id": i, **case}) + "\n" for i, case in enumerate(part)]
        ours, theirs = (asked(program, lines) for program in programs)
        for case, our, their in zip(part, ours, theirs):
            if not same(our, their, errors) and not by_chance(case, our, programs[1], errors):
                yield case, our, their


def by_chance(case, our, oracle, errors):
    """Go walks a map in an order of its own each time, and what fails first may hang on it: then each of its answers is right."""
    return any(same(our, their, errors) for their in asked(oracle, [json.dumps({"id": 0, **case}) + "\n"] * AGAIN))


def shown(answer):
    return json.dumps(answer.get("out", None), ensure_ascii=False) if "out" in answer else "error: " + answer["error"]


def compare(name, cases, programs, args):
    found = list(differences(cases, programs, args.errors))
    for case, our, their in found[: args.show]:
        told = {"template": case["template"], **case}
        print(json.dumps(told, ensure_ascii=False)[:WIDEST], f"  gpuctl  {shown(our)}", f"  oracle  {shown(their)}", sep="\n")
    print(f"{name}: {len(cases)} cases, {len(found)} differ")
    return len(found)


def generated(name, seed):
    """The area's cases, each once."""
    cases = importlib.import_module(f"cases.{name}").cases(seed)
    return list({json.dumps(case, sort_keys=True): case for case in cases}.values())


def main():
    args = arguments()
    programs = [str(args.gpuctl), "chart", "eval"], [oracle(args.oracle)]
    if args.cases:
        lines = args.cases.read_text().splitlines()
        sys.exit(compare(args.cases.name, [json.loads(line) for line in lines if line], programs, args) > 0)
    differing = [compare(name, generated(name, args.seed), programs, args) for name in args.area or areas()]
    sys.exit(sum(differing) > 0)


if __name__ == "__main__":
    main()
