"""`make schema`, as it runs at home."""

import os
import shutil
import subprocess
import sys
from pathlib import Path


def renew(root: Path, site: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, root / "hooks/editor.py", site],
        env=os.environ | {"PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_renews_what_is_not_in_step_and_says_so(root: Path, tmp_path: Path) -> None:
    shutil.copytree(root / "tests/cases/_good", tmp_path, dirs_exist_ok=True)
    first = renew(root, tmp_path)
    assert (first.returncode, first.stderr) == (0, "")
    made = [*(tmp_path / "schemas").iterdir(), tmp_path / ".vscode/front-matter.code-snippets"]
    assert first.stdout.count("Renewed ") == len(made) > 6
    assert renew(root, tmp_path).stdout == ""
    schema = tmp_path / "schemas/remedy.json"
    text = schema.read_text(encoding="utf-8")
    schema.write_text("{}", encoding="utf-8")
    assert renew(root, tmp_path).stdout == "Renewed schemas/remedy.json for editors. Commit it too.\n"
    assert schema.read_text(encoding="utf-8") == text


def test_content_at_fault_is_reported_and_nothing_is_written(root: Path, tmp_path: Path) -> None:
    shutil.copytree(root / "tests/cases/_good", tmp_path, dirs_exist_ok=True)
    (tmp_path / "docs/vocabulary.yml").write_text("facets: {", encoding="utf-8")
    done = renew(root, tmp_path)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("docs/vocabulary.yml:")
    assert not (tmp_path / "schemas").exists()
