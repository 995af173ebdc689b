"""Our own site, built in two virtual environments that differ in all that must not matter, is the same bytes."""

import filecmp
import os
import subprocess
import sysconfig
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


def environment(folder: Path) -> Path:
    """A virtual environment that borrows the installed packages; its Python."""
    venv.create(folder, with_pip=False)
    places = [sysconfig.get_path("purelib"), str(ROOT / "publish")]
    target = next((folder / "lib").glob("python3*/site-packages"))
    (target / "borrowed.pth").write_text("\n".join(places), encoding="utf-8")
    return folder / "bin" / "python"


def build(python: Path, out: Path, **variables: str) -> None:
    """``saite build`` of this repository by that Python."""
    command = [str(python), "-m", "saite", "build", "-q", str(ROOT), "-o", str(out)]
    subprocess.run(command, env=os.environ | variables, check=True, capture_output=True, timeout=300)


def differences(comparison: "filecmp.dircmp[str]") -> list[str]:
    """Files that stand on one side only, or whose bytes differ, in a whole tree."""
    _, unequal, failed = filecmp.cmpfiles(comparison.left, comparison.right, comparison.common_files, shallow=False)
    found = [*comparison.left_only, *comparison.right_only, *unequal, *failed]
    for below in comparison.subdirs.values():
        found += differences(below)
    return found


@pytest.mark.slow
def test_our_site_is_the_same_in_two_virtual_environments(tmp_path: Path) -> None:
    """Hash seed, time zone, locale and the environment's own folder leave no trace in any file of our site."""
    build(environment(tmp_path / "a"), tmp_path / "one", PYTHONHASHSEED="1", TZ="UTC", LC_ALL="C")
    build(environment(tmp_path / "b"), tmp_path / "two", PYTHONHASHSEED="99", TZ="Asia/Tashkent", LC_ALL="C.UTF-8")
    assert differences(filecmp.dircmp(tmp_path / "one", tmp_path / "two", ignore=[], hide=[])) == []
    assert (tmp_path / "one" / "event" / "consultations-tashkent-2018.lv.html").is_file()
