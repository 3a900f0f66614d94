"""What the repository promises as a whole: pins, sources, ignored files, and words that do not belong in it."""

import ast
import re
import shutil
import subprocess
import tomllib
from functools import cache
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.shipped import shipped

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
WRITTEN = {
    ".cff",
    ".cfg",
    ".css",
    ".html",
    ".ipynb",
    ".json",
    ".md",
    ".py",
    ".sh",
    ".toml",
    ".txt",
    ".yaml",
    "",
}

REQUIRED = [
    "pyproject.toml",
    "constraints.txt",
    ".python-version",
    "Makefile",
    ".ci/run",
    ".gitignore",
    ".gitattributes",
    "LICENSE",
    "CITATION.cff",
    "README.md",
    "CONTRIBUTING.md",
    "ODD.md",
    "SOURCES.md",
    "CHANGELOG.md",
    "results/README.md",
    "scenarios/scenario.schema.json",
    "scripts/setup.sh",
    "scripts/find_python.sh",
    "sim",
    "notebooks",
    "tests",
    "benchmarks/bench.py",
]


def git(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run git in the project, without raising; the test is skipped where there is no git."""
    if shutil.which("git") is None:
        pytest.skip("no git")
    return subprocess.run(["git", "-C", ROOT, *arguments], capture_output=True, text=True, check=False)


@cache
def kept_files() -> list[Path]:
    """Every file that git keeps, or would keep if it were added."""
    listed = git("ls-files", "--cached", "--others", "--exclude-standard", "-z")
    if listed.returncode != 0:
        pytest.skip("not a git work tree")
    paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    return [path for path in paths if path.is_file()]


def written_files() -> list[tuple[Path, str]]:
    """The kept files that people write, with their text; the reference comparison is written by the program."""
    kept = [path for path in kept_files() if path.suffix in WRITTEN and "reference" not in path.parts]
    return [(path.relative_to(ROOT), path.read_text(encoding="utf-8")) for path in kept]


def found_in(pattern: str, files: list[tuple[Path, str]]) -> list[str]:
    """`file:line: match` for every match of `pattern`."""
    return [
        f"{path}:{text.count(chr(10), 0, match.start()) + 1}: {match.group()}"
        for path, text in files
        for match in re.finditer(pattern, text)
    ]


def pins() -> dict[str, Requirement]:
    """The lines of constraints.txt by canonical name."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = [Requirement(line) for line in lines if line and not line.startswith("#")]
    return {canonicalize_name(one.name): one for one in pinned}


def dependencies() -> list[Requirement]:
    """Everything that pyproject.toml names: to build, to run, and each extra."""
    project = PROJECT["project"]
    extras = [one for extra in project["optional-dependencies"].values() for one in extra]
    return [
        Requirement(one) for one in (*PROJECT["build-system"]["requires"], *project["dependencies"], *extras)
    ]


def installed_needs(wanted: Requirement) -> list[Requirement]:
    """What an installed distribution needs here, for the extras wanted; nothing if it is not installed."""
    try:
        needs = [Requirement(one) for one in metadata.requires(wanted.name) or []]
    except metadata.PackageNotFoundError:
        return []
    extras = wanted.extras or {""}
    return [
        one
        for one in needs
        if not one.marker or any(one.marker.evaluate({"extra": extra}) for extra in extras)
    ]


@pytest.mark.parametrize("name", REQUIRED)
def test_required_file_exists(name: str) -> None:
    assert (ROOT / name).exists()


@pytest.mark.parametrize("wanted", dependencies(), ids=str)
def test_dependency_is_pinned_within_its_bounds(wanted: Requirement) -> None:
    (pin,) = pins()[canonicalize_name(wanted.name)].specifier
    assert wanted.specifier.contains(pin.version)


def test_pins_are_exact_and_hold_no_address() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = [line for line in lines if line and not line.startswith("#")]
    assert len(pinned) > 50
    assert [line for line in pinned if not re.fullmatch(r"[\w.-]+==[\w.]+( ; \w+ == \"\w+\")?", line)] == []
    assert "://" not in "".join(lines)


def test_everything_that_is_installed_for_the_project_is_pinned() -> None:
    waiting, seen = dependencies(), set()
    while waiting:
        one = waiting.pop()
        key = (canonicalize_name(one.name), frozenset(one.extras))
        if key not in seen:
            seen.add(key)
            waiting += installed_needs(one)
    assert len(seen) > 50
    assert sorted({name for name, _ in seen} - set(pins())) == []


def test_versions_agree() -> None:
    import sim

    version = PROJECT["project"]["version"]
    assert sim.__version__ == version
    assert f"\nversion: {version}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    asked = (ROOT / ".python-version").read_text(encoding="utf-8").strip()
    assert PROJECT["project"]["requires-python"] == f">={asked}"


def test_source_ids_are_listed_once_and_without_gap() -> None:
    ids = re.findall(r"\*\*(P\d+)\*\*", (ROOT / "SOURCES.md").read_text(encoding="utf-8"))
    assert sorted(ids) == sorted(f"P{number}" for number in range(1, 41))


def test_cited_sources_are_listed() -> None:
    listed = set(re.findall(r"\*\*(P\d+[a-z]?)\*\*", (ROOT / "SOURCES.md").read_text(encoding="utf-8")))
    citing = [
        *ROOT.glob("sim/**/*.py"),
        *(
            path
            for part in ("", "/studies", "/targets", "/validation")
            for path in shipped(f"scenarios{part}")
        ),
        ROOT / "ODD.md",
        ROOT / "README.md",
    ]
    texts = [path.read_text(encoding="utf-8") for path in citing if path.exists()]
    cited = {one for text in texts for one in re.findall(r"\bP\d+[a-z]?\b", text)}
    assert len(cited) > 20
    assert sorted(cited - listed) == []


def test_methods_are_listed_once_without_gap_and_those_that_are_cited_are_listed() -> None:
    """Everything that is listed is used as well, and its entry has an author, a year and a place of publication."""
    text = (ROOT / "SOURCES.md").read_text(encoding="utf-8").partition("\n## Methods\n")[2]
    listed = re.findall(r"^- \*\*(T\d+)\*\* (.+?)(?=^- |\Z)", text, re.MULTILINE | re.DOTALL)
    assert [key for key, _ in listed] == [f"T{number}" for number in range(1, len(listed) + 1)]
    entry = r"[A-Z][^()]+, [A-Z]\.[^()]*\((19|20)\d\d\), .*\*[A-Z]"
    assert [key for key, said in listed if not re.match(entry, said, re.DOTALL)] == []
    citing = [*ROOT.glob("sim/**/*.py"), ROOT / "ODD.md", ROOT / "STUDIES.md", ROOT / "README.md"]
    cited = {one for path in citing for one in re.findall(r"\bT\d+\b", path.read_text(encoding="utf-8"))}
    assert len(cited) > 15
    assert sorted(cited ^ {key for key, _ in listed}) == []


@pytest.mark.parametrize(
    ("path", "ignored"),
    [
        ("results/four_systems-0123456789ab/manifest.json", True),
        ("results/.partial-1/owner.json", True),
        (".venv/bin/python", True),
        ("results/README.md", False),
        ("results/reference/report.md", False),
        ("results/reference/figures/comparison.png", False),
        ("sim/lab/results/store.py", False),
    ],
)
def test_git_ignores_results_but_the_reference(path: str, ignored: bool) -> None:
    answer = git("check-ignore", "--quiet", "--no-index", path).returncode
    if answer == 128:
        pytest.skip("not a git work tree")
    assert (answer == 0) is ignored


def test_make_compares_scenarios_that_are_shipped() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    there = {path.name for path in shipped()}
    compared = re.findall(r"\w+\.yaml", makefile)
    assert compared[0] == "civil_service.yaml", "the first is the baseline"
    assert len(compared) == 6
    assert set(compared) <= there


def test_no_path_of_one_machine() -> None:
    assert found_in(r"(?<![\w.~/>])/(?:root|work|tmp|home|Users)/\w+", written_files()) == []


def test_no_package_index_address() -> None:
    assert found_in(r"(?:index|find)-(?:url|links)|/simpl[e]/", written_files()) == []


def test_documents_that_are_mentioned_exist() -> None:
    mentions = found_in(r"\b[A-Z]{3,}(?=\.md\b| §| [#B]\d)", written_files())
    homes = (ROOT, ROOT / "scenarios" / "validation")
    names = {one: f"{one.rsplit(' ')[-1]}.md" for one in mentions}
    assert [one for one, name in names.items() if not any((home / name).exists() for home in homes)] == []


def test_names_say_what_a_thing_is() -> None:
    empty = r"(?:^|_|(?<=[a-z]))(?:Manager|Handler|Helper|Utils?|Data|Info|Processor)(?![a-z])"
    classes = [
        node.name
        for path in ROOT.glob("sim/**/*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    ]
    modules = [path.stem.title() for path in ROOT.glob("sim/**/*.py")]
    assert len(classes) > 20
    assert [name for name in (*classes, *modules) if re.search(empty, name)] == []


def test_new_city_is_never_shortened() -> None:
    ours = [(path, text) for path, text in written_files() if path.parts[0] in {"sim", "scenarios"}]
    found = found_in(r"(?i)\b(?:new\s+)?(?:city|cities)\b", ours)
    assert len(found) > 10
    assert [one for one in found if " new" not in one.lower()] == []


def test_mesa_is_imported_in_few_places() -> None:
    """Mesa 4 will move what is imported; `sim.model` and the views of its tables are where that must be mended."""
    importing = {one.split(":")[0] for one in found_in(r"(?m)^\s*(?:import|from) mesa\b", written_files())}
    ours = {path for path in importing if path.startswith("sim/")}
    assert ours <= {"sim/model/live.py", "sim/model/new_area.py", "sim/people/agents.py"}
