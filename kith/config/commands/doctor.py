"""kith doctor: what is wrong, each with a remedy."""

import argparse
from collections.abc import Iterator
from dataclasses import asdict

from kith.config import options as settings
from kith.config.commands.answers import add_json, answer
from kith.config.doctor import Finding, examine
from kith.config.home import Home

DONE, FAILED = 0, 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    findings = examine(Home(settings.home_folder()))
    well = all(finding.ok for finding in findings)
    found = {"well": well, "checks": [{**asdict(one), "ok": one.ok} for one in findings]}
    answer(found, _sentences(findings), as_json=options.json)
    return DONE if well else FAILED


def _sentences(findings: list[Finding]) -> Iterator[str]:
    for one in findings:
        yield f"{'ok' if one.ok else 'problem':<8} {one.name:<14} {one.said}"
        if one.remedy:
            yield f"{'':<23} Remedy: {one.remedy}"
