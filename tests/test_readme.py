"""The README's commands exist, its answers are real, and its links lead somewhere."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from index.command_line import ascribe as ascribe_group

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
MAKE = re.findall(r"^make (\w+)", README, re.M)
ANSWER = re.search(r"<!-- answer: (.+?) -->\n```\n\$ .+?\n(.*?)```\n<!-- end -->", README, re.S)


@pytest.fixture
def demo(settings, index):
    shutil.copytree(ROOT / "corpus", settings.corpus_dir, dirs_exist_ok=True)
    report = index()
    assert report.failed == ()
    return settings


def test_the_answer_in_the_readme_is_what_the_program_prints(demo):
    assert ANSWER
    command = shlex.split(ANSWER.group(1))
    done = subprocess.run(
        [sys.executable, "-m", "index", *command[1:], "--data", str(demo.data_dir)],
        capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    assert done.stdout.strip() == ANSWER.group(2).strip()


def test_every_make_target_in_the_readme_is_there():
    assert MAKE
    for target in MAKE:
        subprocess.run(["make", "--dry-run", target], cwd=ROOT, check=True, capture_output=True)


def test_every_command_in_the_readme_is_there_and_every_command_is_in_the_readme():
    named = set(re.findall(r"`ascribe (\w+)", README))
    assert named == set(ascribe_group.commands)


@pytest.mark.parametrize("page", ["README.md", *(f"docs/{p.name}" for p in ROOT.glob("docs/*.md"))])
def test_links_to_files_lead_somewhere(page):
    text = (ROOT / page).read_text("utf-8")
    links = [link for link in re.findall(r"\]\(([^)#\s]+)", text) if "://" not in link]
    for link in links:
        assert ((ROOT / page).parent / link).exists(), link
