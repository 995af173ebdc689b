"""The threat model names its proofs."""

import re
from pathlib import Path

TESTS = Path(__file__).parents[1]
PAGE = TESTS.parent / "docs" / "security.md"


def test_every_proof_is_there() -> None:
    """Each test and each file that the threat model names exists; each threat has one."""
    page = PAGE.read_text(encoding="utf-8")
    named = set(re.findall(r"`(test_[a-z0-9_]+)`", page))
    found = {
        name
        for path in TESTS.rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert named - found == set()
    files = set(re.findall(r"`([a-z_/]+\.py)`", page))
    assert {name for name in files if not (TESTS / name).is_file()} == set()
    threats = page.partition("## Threats")[2].partition("## What is left")[0]
    rows = [line for line in threats.splitlines() if line.startswith("| ") and not line.startswith("| threat |")]
    assert len(rows) > 20
    assert [row for row in rows if "test_" not in row.rpartition(" | ")[2]] == []
