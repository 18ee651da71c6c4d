"""Template format (djade) and slips in HTML and accessibility (djlint), over all rooms."""

import argparse
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = Path(sys.executable).parent


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fix", action="store_true", help="put the format right, look at no more")
    fix = parser.parse_args().fix
    files = sorted(str(file.relative_to(ROOT)) for file in ROOT.glob("kith/*/templates/**/*.html"))
    if not files:
        return 0
    shaped = _run("djade", "--target-version", "5.2", *([] if fix else ["--check"]), *files)
    if fix:
        return 0
    linted = _run("djlint", "--lint", "--quiet", "--profile", "django", *files)
    return 1 if shaped or linted else 0


def _run(program: str, *words: str) -> int:
    return subprocess.run([PROGRAMS / program, *words], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
