"""Which module may import which, read from the sources; and what an answer loads, from a process."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HEAVY = {"torch", "sentence_transformers", "transformers", "spacy", "llama_index", "sklearn"}
OUTSIDE = {
    "chromadb": {"index/vectors.py"},
    "discord": set(map(str, Path("bot").rglob("*.py"))),
    "llama_index": {"index/llamaindex.py", "index/language_models.py", "index/model_calls.py"},
    "sentence_transformers": {
        "index/embedder.py",
        "index/cross_encoders.py",
    },
    "onnxruntime": {"index/embedder.py"},
    "filelock": {"index/lock.py"},
}


def sources(package):
    return sorted((ROOT / package).rglob("*.py"))


def imported(path, inside_functions):
    """The modules that a file imports, in functions too or only at its top.

    `from package import module` imports the module; the package only names it.
    """
    tree = ast.parse(path.read_text("utf-8"))
    nodes = ast.walk(tree) if inside_functions else tree.body
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                is_module = (ROOT / inner.replace(".", "/")).with_suffix(".py").is_file()
                yield inner if is_module else node.module


@pytest.mark.parametrize("path", sources("index"), ids=lambda path: path.name)
def test_the_index_does_not_know_that_discord_exists(path):
    assert not [name for name in imported(path, True) if name.split(".")[0] in ("bot", "discord")]


@pytest.mark.parametrize("path", [*sources("index"), *sources("bot")], ids=lambda path: path.name)
def test_a_library_is_wrapped_in_one_place(path):
    for name in imported(path, True):
        library = name.split(".")[0]
        if library in OUTSIDE and path.parent != ROOT / "bot":
            assert path.relative_to(ROOT).as_posix() in OUTSIDE[library], name


def test_imports_inside_the_packages_go_round_in_no_circle():
    graph = {}
    for path in [*sources("index"), *sources("bot")]:
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        graph[name] = {n for n in imported(path, False) if n.split(".")[0] in ("index", "bot")}
    graph = {name: {n for n in found if n in graph and n != name} for name, found in graph.items()}
    done: set[str] = set()

    def visit(name, above):
        assert name not in above, f"{' -> '.join([*above, name])}"
        if name not in done:
            for other in graph[name]:
                visit(other, (*above, name))
            done.add(name)

    for name in graph:
        visit(name, ())


def modules_after(code: str, *args: str) -> set[str]:
    tail = "\nimport sys; print('MODULES', *{m.split('.')[0] for m in sys.modules})"
    done = subprocess.run(
        [sys.executable, "-c", code + tail, *args],
        capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    return set(done.stdout.rpartition("MODULES")[2].split())


def test_types_and_rendering_import_nothing_outside_the_standard_library_that_is_heavy():
    loaded = modules_after("import index.types, index.errors, bot.render")
    assert not loaded & (HEAVY | {"chromadb", "discord", "numpy", "pydantic"})


def test_the_commands_help_imports_nothing_heavy():
    code = "from index.__main__ import main\ntry: main()\nexcept SystemExit: pass"
    assert not modules_after(code, "--help") & (
        HEAVY | {"chromadb", "numpy", "onnxruntime", "rich"}
    )


def test_answering_a_question_loads_no_torch(write, index, settings):
    write("a.txt", "The heron left the weir on Friday.")
    index()
    code = (
        "import sys\nfrom pathlib import Path\n"
        "from index.settings import load_settings\nfrom index.wiring import open_answerer\n"
        "answerer = open_answerer(load_settings(data_dir=Path(sys.argv[1])))\n"
        "assert answerer.answer('When did the heron leave?').found\n"
    )
    loaded = modules_after(code, str(settings.data_dir))
    assert "chromadb" in loaded
    assert not loaded & HEAVY
