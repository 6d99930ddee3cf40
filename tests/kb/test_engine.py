"""What holds for the engine as a whole: no MkDocs, no memory, no chance."""

import ast
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

CACHES = {"cache", "lru_cache", "cached_property", "singledispatch"}
DISPLAYS = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp)
MAKERS = {"list", "dict", "set", "defaultdict", "Counter", "deque", "OrderedDict", "bytearray"}
READ_ONLY = ("Mapping[", "Sequence[", "Set[")

PROGRAM = """
import hashlib, importlib, json, pkgutil, sys
from datetime import date
from pathlib import Path
import kb
for module in pkgutil.iter_modules(kb.__path__):
    importlib.import_module(f"kb.{module.name}")
{body}
"""

COMPILE = PROGRAM.replace(
    "{body}",
    """
from kb import catalogue, figures, page, settings, view
from kb.fault import FaultsError
from kb.render import Renderer
from kb.site import compile_site
folder, templates = Path(sys.argv[1]), Path(sys.argv[2])
try:
    site = compile_site(folder / "docs", settings.read(folder / "mkdocs.yml"), date(2026, 12, 1))
except FaultsError as error:
    print(error)
else:
    made = [json.loads(catalogue.text(site)), catalogue.json_schema(), list(figures.lines(site))]
    renderer = Renderer(templates)
    made.append([(one.path, one.front(renderer), one.text(renderer)) for one in page.generated(site)])
    made.append([view.page(site, name) for name in sorted({*site.by_page, *site.flow.by_page})])
    print(hashlib.sha256(json.dumps(made).encode()).hexdigest())
""",
)

FORGETFUL = PROGRAM.replace(
    "{body}",
    """
from kb import settings
from kb.site import compile_site
def memory():
    return {
        (name, key): repr(value)
        for name, module in sys.modules.items() if name.startswith("kb.")
        for key, value in vars(module).items()
        if not key.startswith("__") and isinstance(value, (list, dict, set, bytearray, int, str, tuple, frozenset))
    }
before = memory()
for folder in map(Path, sys.argv[1:]):
    compile_site(folder / "docs", settings.read(folder / "mkdocs.yml"), date(2026, 12, 1))
assert memory() == before
print(len(before))
""",
)


def run(root: Path, program: str, *arguments: Path, seed: int = 0) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program, *map(str, arguments)],
        env=os.environ | {"PYTHONPATH": str(root / "hooks"), "PYTHONHASHSEED": str(seed)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def modules(root: Path) -> Iterator[tuple[str, ast.Module]]:
    for file in sorted((root / "hooks/kb").glob("*.py")):
        yield file.name, ast.parse(file.read_text(encoding="utf-8"))


def name_of(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def test_all_of_the_engine_is_imported_without_mkdocs(root: Path) -> None:
    body = 'print(*sorted({name.partition(".")[0] for name in sys.modules} & {"mkdocs", "material", "properdocs"}))'
    assert run(root, PROGRAM.replace("{body}", body)) == ""


def test_no_module_of_the_engine_names_mkdocs_in_an_import(root: Path) -> None:
    for name, tree in modules(root):
        for node in ast.walk(tree):
            imported = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            imported += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not [one for one in imported if one.partition(".")[0] in {"mkdocs", "material"}], name


def test_no_module_of_the_engine_keeps_anything_that_can_change(root: Path) -> None:
    for name, tree in modules(root):
        for node in tree.body:
            if isinstance(node, ast.Assign) or (isinstance(node, ast.AnnAssign) and node.value):
                value = node.value
                made = isinstance(value, ast.Call) and name_of(value.func) in MAKERS
                if (isinstance(value, DISPLAYS) or made) and "__all__" not in ast.unparse(node):
                    kind = ast.unparse(node.annotation) if isinstance(node, ast.AnnAssign) else ""
                    assert kind.startswith(READ_ONLY), f"{name}:{node.lineno}"


def test_no_function_of_the_engine_remembers(root: Path) -> None:
    for name, tree in modules(root):
        for node in ast.walk(tree):
            assert not isinstance(node, ast.Global), name
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                used = {name_of(one.func if isinstance(one, ast.Call) else one) for one in node.decorator_list}
                assert not used & CACHES, f"{name}:{node.lineno}"


def test_compiling_two_sites_leaves_no_trace_in_any_module(root: Path) -> None:
    assert int(run(root, FORGETFUL, root, root / "tests/tiny", root / "tests/cases/_good")) > 10


@pytest.mark.parametrize("site", ["", "tests/tiny", "tests/cases/_good"], ids=["real", "tiny", "good"])
def test_what_is_made_depends_on_the_files_alone_not_on_their_order_or_on_chance(
    site: str, root: Path, tmp_path: Path
) -> None:
    files = sorted(path for path in (root / site / "docs").rglob("*") if path.suffix in {".md", ".yml", ".csv"})
    made = set()
    for seed in range(3):
        # Many systems list the files of a folder in the order of their making.
        folder = tmp_path / str(seed)
        for file in Random(seed).sample(files, len(files)):  # noqa: S311 - nothing secret
            copy = folder / file.relative_to(root / site)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, copy)
        shutil.copy(root / site / "mkdocs.yml", folder)
        made.add(run(root, COMPILE, folder, root / "overrides/markdown", seed=seed))
    assert len(made) == 1
    assert len(made.pop()) == 64


def test_a_report_of_faults_does_not_depend_on_chance(root: Path, tmp_path: Path) -> None:
    for name in ("_good", "unknown-slugs", "duplicate-titles-and-more", "bad-old-addresses", "vocabulary-conditions"):
        shutil.copytree(root / "tests/cases" / name, tmp_path, dirs_exist_ok=True)
    reports = {run(root, COMPILE, tmp_path, root / "overrides/markdown", seed=seed) for seed in range(3)}
    assert len(reports) == 1
    assert reports.pop().endswith("faults in the content.")
