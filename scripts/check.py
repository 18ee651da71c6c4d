"""Everything that tests do not see, one line each; all are run, then the failed ones are named."""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = Path(sys.executable).parent
PYTHON = [sys.executable]

CHECKS: dict[str, list[str | Path]] = {
    "format": [PROGRAMS / "ruff", "format", "--check", "--quiet"],
    "lint": [PROGRAMS / "ruff", "check", "--quiet"],
    "types": [PROGRAMS / "mypy", "--no-error-summary", "kith", "scripts", "conftest.py"],
    "imports": [PROGRAMS / "lint-imports", "--no-logo"],
    "migrations": [*PYTHON, "-m", "django", "makemigrations", "--check", "--dry-run"],
    "templates": [*PYTHON, "scripts/templates.py"],
    "translations": [*PYTHON, "scripts/translations.py", "check"],
    "records": [*PYTHON, "scripts/records.py", "--check"],
    "pictures": [*PYTHON, "scripts/pictures.py", "check"],
    "known holes": [*PYTHON, "scripts/audit_dependencies.py"],
}


def main() -> int:
    failed = [name for name, command in CHECKS.items() if not _passes(name, command)]
    if failed:
        print(f"Failed: {', '.join(failed)}.")
        return 1
    print("All checks passed.")
    return 0


def _passes(name: str, command: list[str | Path]) -> bool:
    begun = time.monotonic()
    done = subprocess.run(
        command, cwd=ROOT, env=_environment(), capture_output=True, text=True, check=False
    )
    state = "ok" if done.returncode == 0 else "FAILED"
    print(f"{name:<13} {state:<7} {time.monotonic() - begun:5.1f} s", flush=True)
    said = (done.stdout + done.stderr).strip()
    if said and (done.returncode != 0 or "Skipped" in said):
        print(said, flush=True)
    return done.returncode == 0


def _environment() -> dict[str, str]:
    return os.environ | {"DJANGO_SETTINGS_MODULE": "kith.config.settings"}


if __name__ == "__main__":
    sys.exit(main())
