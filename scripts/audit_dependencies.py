"""Ask the public list of known holes about every package that Kith stands on.

Where that list cannot be reached this says so and passes: a desk without network can still check
everything else.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UNREACHABLE = (
    "ConnectionError",
    "Max retries exceeded",
    "ServiceError",
    "ProxyError",
    "timed out",
    "Failed to establish",
    "NameResolutionError",
    "Temporary failure",
    "RequestError",
)


def main() -> int:
    answers = [_ask(name) for name in ("base", "fast", "dev", "bench")]
    return max(answers)


def _ask(name: str) -> int:
    words = ["--disable-pip", "--require-hashes", "--progress-spinner", "off"]
    done = subprocess.run(
        [Path(sys.executable).parent / "pip-audit", *words, "-r", f"requirements/{name}.txt"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == 0:
        return 0
    said = done.stdout + done.stderr
    if "Found " not in said and any(sign in said for sign in UNREACHABLE):
        print(f"Skipped for requirements/{name}.txt: the list of known holes cannot be reached.")
        return 0
    print(said)
    return 1


if __name__ == "__main__":
    sys.exit(main())
