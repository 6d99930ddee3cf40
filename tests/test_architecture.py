"""ARCHITECTURE.md tells the truth about the modules, and they keep the order that it names."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
import yaml

ENGINE = "hooks/kb/"


@pytest.fixture(scope="module")
def modules(root: Path) -> dict[str, str]:
    """What the table of modules says, in its order."""
    text = (root / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(hooks/[\w/]+\.py)` \| (.+) \|$", text, re.M)
    assert len(rows) == len(dict(rows))
    return dict(rows)


def test_every_module_is_named_and_every_name_is_a_module(root: Path, modules: dict[str, str]) -> None:
    files = [path for path in root.glob("hooks/**/*.py") if path.read_text(encoding="utf-8").strip()]
    assert sorted(modules) == sorted(path.relative_to(root).as_posix() for path in files)


def test_hooks_stand_in_the_order_in_which_they_run(root: Path, modules: dict[str, str]) -> None:
    settings = yaml.safe_load((root / "mkdocs.yml").read_text(encoding="utf-8"))
    named = [name for name in modules if not name.startswith(ENGINE)]
    programs = [
        "hooks/check.py",
        "hooks/new.py",
        "hooks/editor.py",
        "hooks/fresh.py",
        "hooks/impact.py",
        "hooks/generate.py",
    ]
    assert named == [*settings["hooks"], *programs]


def test_the_events_of_each_hook_are_those_that_it_has(root: Path, modules: dict[str, str]) -> None:
    for name, purpose in modules.items():
        events = [defined for defined in _defined(root / name) if defined.startswith("on_")]
        assert re.findall(r"`(on_\w+)`", purpose) == events, name


def test_a_module_of_the_engine_imports_only_what_stands_above_it(root: Path, modules: dict[str, str]) -> None:
    above: set[str] = set()
    for name in modules:
        if name.startswith(ENGINE):
            assert _engine_imports(root / name) <= above, name
            above.add(Path(name).stem)


def test_the_engine_knows_no_mkdocs_and_a_hook_no_other_hook(root: Path, modules: dict[str, str]) -> None:
    hooks = {Path(name).stem for name in modules if not name.startswith(ENGINE)}
    for name in modules:
        forbidden = {"mkdocs", "material"} if name.startswith(ENGINE) else hooks
        assert {module.split(".")[0] for module in _imports(root / name)} & forbidden == set(), name


def test_the_picture_names_only_modules_that_are_there(root: Path, modules: dict[str, str]) -> None:
    picture = fromstring((root / "docs/assets/img/architecture.svg").read_text(encoding="utf-8"))  # noqa: S314 - our own
    drawn = {part.text for part in picture.iter() if part.get("class") == "module"}
    assert len(drawn) > 20
    assert drawn <= {Path(name).stem for name in modules}


def test_every_file_that_is_named_is_there(root: Path) -> None:
    for document in (root / "ARCHITECTURE.md", root / "hooks/kb/DECISIONS.md"):
        text = document.read_text(encoding="utf-8")
        for name in re.findall(r"`((?:docs|hooks|overrides|bench)/[\w./-]*|mkdocs\.yml)`", text):
            assert (root / name).exists(), f"{document.name}: {name}"
        for name in re.findall(r"`(\w+\.py)`", text):
            assert list(root.glob(f"hooks/**/{name}")), f"{document.name}: {name}"


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _defined(path: Path) -> Iterator[str]:
    for node in _tree(path).body:
        if isinstance(node, ast.FunctionDef):
            yield node.name
        elif isinstance(node, ast.Assign):
            yield from (target.id for target in node.targets if isinstance(target, ast.Name))


def _imports(path: Path) -> set[str]:
    """The full names of the modules that a file imports, `from a import b` as both `a` and `a.b`."""
    found: set[str] = set()
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def _engine_imports(path: Path) -> set[str]:
    return {parts[1] for name in _imports(path) if (parts := name.split("."))[0] == "kb" and len(parts) > 1}
