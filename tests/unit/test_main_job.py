"""The main job: what it writes, what it says, and what it refuses."""

import os
import re
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from rich.cells import cell_len

import gametheory_eeu as eeu
from gametheory_eeu import display, report
from gametheory_eeu.report import command, files
from gametheory_eeu.report.files import HEADER, MANIFEST, Folder
from gametheory_eeu.report.findings import ChapterResults
from tests.interop.coqc import AXIOMS, accepted, axioms, needs_rocq
from tests.unit.display.test_tables import check_balance
from tests.unit.page_check import problems, read

PACKAGE = Path(eeu.__file__).parents[1]
CASE = eeu.article.CASE


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(PACKAGE), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, "-m", "gametheory_eeu", *arguments],
        cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder and the output of one run of the whole job, by two processes."""
    here = tmp_path_factory.mktemp("job")
    done = run("--proofs", "--jobs", "2", cwd=here)
    assert (done.returncode, done.stderr) == (0, "")
    return here / command.DEFAULT_FOLDER, done.stdout


@pytest.fixture(scope="module")
def core(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder and the output of a run without options."""
    here = tmp_path_factory.mktemp("core")
    done = run(cwd=here)
    assert (done.returncode, done.stderr) == (0, "")
    return here / command.DEFAULT_FOLDER, done.stdout


def content(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def test_every_file_is_written_and_in_the_manifest(finished: tuple[Path, str]) -> None:
    folder, _ = finished
    found = content(folder)
    manifest = found.pop(MANIFEST).decode()
    assert set(found) == set(files.everything(CASE, with_proofs=True).names())
    assert manifest == f"{HEADER}\n" + "".join(
        f"{sha256(found[name]).hexdigest()}  {name}\n" for name in sorted(found)
    )


def test_without_options_the_core_games_and_the_map_of_their_regimes(
    core: tuple[Path, str], finished: tuple[Path, str]
) -> None:
    """About twenty files; what both editions write is the same but for the document of all.

    That holds what the other document takes in as files.
    """
    folder, output = core
    found, every = content(folder), content(finished[0])
    assert set(found) == {*files.core(CASE).names(), MANIFEST}
    assert len(found) <= 22
    assert sum(name.endswith("regime_map.png") for name in found) == 3
    own = {MANIFEST, "report.tex", "report.html"}
    assert all(every[name] == value for name, value in found.items() if name not in own)
    document, complete = found["report.tex"].decode(), every["report.tex"].decode()
    assert "\\input" not in document
    fragments = {name for name in every if name.endswith(".tex") and name not in own}
    folders = {name.split("/")[0] for name in found if "/" in name}
    assert {name for name in fragments if every[name].decode() in document} == {
        *(name for name in fragments if f"{name.removesuffix('.tex')}.csv" in found),
        *(f"{name}/proposition.tex" for name in folders),
    } - {f"{name}/{kind}.tex" for name in folders for kind in ("signs", "quantities")}
    sections = re.findall(r"\\section\{.+\}", document)
    assert len(sections) == 7
    assert set(sections) <= set(re.findall(r"\\section\{.+\}", complete))
    lines = output.splitlines()
    assert "Credible commitment" in lines
    assert "python -m gametheory_eeu --all" in " ".join(lines[-4:])


def test_the_argument_takes_one_screen_and_the_tables_follow_with_all(
    core: tuple[Path, str], finished: tuple[Path, str]
) -> None:
    folder, output = core
    assert len(output.splitlines()) <= 55
    assert f"Open {folder.name}/report.html in a browser" in output
    lines = finished[1].splitlines()
    words, tables = (
        lines.index("Credible commitment"),
        lines.index("CREDIBLE COMMITMENT " + "─" * 80),
    )
    assert words < tables


def test_the_page_is_sound_and_shows_every_game(
    core: tuple[Path, str], finished: tuple[Path, str]
) -> None:
    for folder, _ in (core, finished):
        page = (folder / "report.html").read_text("utf-8")
        assert problems(page, set(content(folder))) == []
    titles = [heading.text for heading in read(page)[0].all("h2")]
    assert [t for t in titles if t in {c.title for c in CASE.chapters}] == [
        chapter.title for chapter in CASE.chapters
    ]


@needs_rocq
def test_every_certificate_it_wrote_is_accepted_by_rocq(finished: tuple[Path, str]) -> None:
    """Of the propositions and of all tables of statics, at least 97% of what is proved."""
    folder, output = finished
    (line,) = (line for line in output.splitlines() if line.startswith("proofs.v: "))
    print(line)
    (without,) = map(int, re.findall(r"; (\d+) more", line))
    theorems = (folder / "proofs.v").read_text("utf-8").count("\nTheorem ")
    assert f"proofs.v: {theorems} claims as theorems" in output
    assert theorems >= 0.97 * (theorems + without)
    assert theorems > 1300
    copy = folder.parent / "proofs.v"  # coqc writes beside what it reads
    copy.write_bytes((folder / "proofs.v").read_bytes())
    assert axioms(accepted(copy)) <= AXIOMS


def test_the_bibliography_is_that_of_the_case(finished: tuple[Path, str]) -> None:
    assert (finished[0] / "references.bib").read_text("utf-8") == eeu.cite(CASE).bibtex


def test_one_game_with_everything_of_its_own(finished: tuple[Path, str], tmp_path: Path) -> None:
    arguments = [
        "--quiet",
        "--game",
        "RegimeChange",
        "--game",
        "regime_change",
        "-o",
        str(tmp_path),
    ]
    assert report.main(arguments) == 0
    found, every = content(tmp_path), content(finished[0])
    own = {name for name in every if name.startswith("regime_change/")}
    assert set(found) == own | {
        "facts.csv", "report.tex", "report.html", "references.bib", MANIFEST,
    }  # fmt: skip
    assert all(found[name] == every[name] for name in own)


def test_a_run_that_is_stopped_leaves_what_was_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    compute = ChapterResults.compute

    def stopped(results: ChapterResults) -> None:
        if results.chapter.folder == "trust_recovery":
            raise KeyboardInterrupt
        compute(results)

    monkeypatch.setattr(ChapterResults, "compute", stopped)
    games = ["--game", "GlobalGame", "--game", "TrustRecovery"]
    assert report.main(["--quiet", *games, "-o", str(tmp_path)]) == 130
    found = content(tmp_path)
    assert "global_game/signs.csv" in found
    assert not any(name.startswith("trust_recovery") for name in found)
    assert "global_game/signs.csv" in found[MANIFEST].decode()
    assert capsys.readouterr().err == "gametheory_eeu: error: interrupted\n"


def test_it_says_what_it_found(finished: tuple[Path, str]) -> None:
    _, output = finished
    assert max(map(cell_len, output.splitlines())) <= 100
    said = " ".join(output.split())
    assert "2013: At P = 2, between P_J ≈ 1.429 and P_abs ≈ 2.826" in said
    assert "all joining and all balancing are equilibria (soft dominance)" in said
    assert "2014: At μ ≈ 0.1892, with μ* = 0.5, trust is below its threshold" in said
    assert "the hegemon pays the member 0.4985 and the hegemon gives up control worth 0.4" in said
    assert "[D] World Bank" in said


@pytest.mark.parametrize(
    "sentence",
    [
        "At P = 2, 4 of 5 members join in the only equilibrium; that all join in every one takes "
        "P_abs = 3.3",
        "At P = 2, below P_gg ≈ 2.311, vanishing noise selects all staying out",
        "there are 3 cut-offs: expectations decide whether the regime falls up to a strength of "
        "0.0301, 0.5 or 0.9699",
        "At δ = 0.6, with δ* ≈ 0.6667, the word can be kept (grim trigger): it takes α_min",
        "With s = 0.25 against s̄ ≈ 0.2667 there is settlement",
        "With p = 0.025 against b^n ≈ 0.0312 the first of 5 members defies",
        "is short of μ_T = 0.5 by 32 quiet periods, or 10 periods of unseen reform",
        "keeps 0.4588 of the pie; the member gets 0.5412",
        "each for 0.645 renegotiated one by one, 0.8922 Nash-in-Nash and 0.8343 at one table",
    ],
)
def test_every_game_has_its_sentence(finished: tuple[Path, str], sentence: str) -> None:
    _, output = finished
    assert sentence in " ".join(output.split())


def test_every_number_in_the_terminal_has_a_source(finished: tuple[Path, str]) -> None:
    folder, _ = finished
    for path in folder.glob("*/parameters.csv"):
        head, *rows = path.read_text("utf-8").splitlines()
        assert head.endswith(",source")
        assert all("[" in row for row in rows)


def test_the_latex_is_balanced_and_takes_in_every_fragment(finished: tuple[Path, str]) -> None:
    folder, _ = finished
    document = (folder / "report.tex").read_text("utf-8")
    for path in folder.rglob("*.tex"):
        check_balance(path.read_text("utf-8"))
        name = path.relative_to(folder).as_posix()
        alone = path.read_text("utf-8").startswith(r"\documentclass")
        assert alone or rf"\input{{{name}}}" in document
    assert r"\newtheorem{proposition}" in display.PREAMBLE


def test_a_second_run_is_quiet_and_writes_the_same_bytes(
    finished: tuple[Path, str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """By one process; every second chapter, to spare time: the same code writes each."""
    folder, _ = finished
    before = content(folder)
    monkeypatch.setattr(files, "core", lambda case: files.Edition(case, case.chapters[::2]))
    assert report.main(["--quiet", "--output", str(folder)]) == 0
    assert capsys.readouterr() == ("", "")
    again = content(folder)
    changed = {name for name, value in again.items() if value != before[name]}
    assert changed == {"report.tex", "report.html", MANIFEST}


def test_a_map_of_regimes_shows_only_the_calibrations_on_its_slice() -> None:
    """Autonomy was cheaper in 2013: the map at the costs of 2015 says nothing of it."""
    found = ChapterResults(CASE, CASE.chapters[0])
    assert [g.calibration for g in found._games_on_slice(found.main["2015"])] == ["2014", "2015"]


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The one line with which the job refuses."""
    assert report.main(list(arguments)) == 1
    output, error = capsys.readouterr()
    assert output == ""
    assert error.count("\n") == 1
    return error


@pytest.mark.parametrize("name", ["report.tex", "credible_commitment/trust.png"])
def test_a_file_of_another_maker_is_not_overwritten(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = tmp_path / name
    mine.parent.mkdir(exist_ok=True)
    mine.write_text("mine")
    assert "was not made by this command" in refused(capsys, "-o", str(tmp_path))
    assert content(tmp_path) == {name: b"mine"}


def test_a_file_changed_since_is_not_overwritten(tmp_path: Path) -> None:
    Folder(tmp_path).write({"a.csv": b"1", "b.csv": b"2"})
    Folder(tmp_path).write({"a.csv": b"3"})
    assert content(tmp_path)["a.csv"] == b"3"
    (tmp_path / "a.csv").write_bytes(b"mine")
    with pytest.raises(eeu.GameTheoryError, match=r"a\.csv was not made .* or has changed"):
        Folder(tmp_path).write({"a.csv": b"4"})
    assert content(tmp_path)["a.csv"] == b"mine"


@pytest.mark.parametrize(
    "text",
    ["", "mine\n", f"{'0' * 64}  a.csv\n", f"{HEADER}\nmine\n", f"{HEADER}\nabc  a.csv\n"],
)
def test_a_manifest_of_another_maker_is_not_overwritten(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / MANIFEST).write_text(text)
    assert "was not made by this command" in refused(capsys, "-o", str(tmp_path))
    assert content(tmp_path) == {MANIFEST: text.encode()}


@pytest.mark.parametrize("name", [MANIFEST, "report.tex"])
@pytest.mark.parametrize("exists", [True, False])
def test_nothing_is_written_through_a_link(
    name: str, exists: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, target = tmp_path / "results", tmp_path / "elsewhere"
    Folder(folder).write({"report.tex": b"1"})
    own = folder / name
    if exists:
        target.write_bytes(own.read_bytes())
    own.unlink()
    own.symlink_to(target)
    before = target.read_bytes() if exists else None
    assert "was not made by this command" in refused(capsys, "-o", str(folder))
    assert (target.read_bytes() if target.exists() else None) == before


def test_files_that_were_not_asked_for_stay(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    Folder(tmp_path).write({"a.csv": b"1"})
    assert set(content(tmp_path)) == {"notes.txt", "a.csv", MANIFEST}


def test_what_was_written_before_an_interruption_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_bytes = Path.write_bytes

    def interrupted(path: Path, data: bytes) -> int:
        if path.name == "b.csv":
            raise KeyboardInterrupt
        return write_bytes(path, data)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", interrupted)
        with pytest.raises(KeyboardInterrupt):
            Folder(tmp_path).write({"a.csv": b"1", "b.csv": b"2"})
    Folder(tmp_path).write({"a.csv": b"3", "b.csv": b"2"})
    assert content(tmp_path)["a.csv"] == b"3"


def test_a_path_that_is_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "file"
    path.touch()
    assert "is a file" in refused(capsys, "--output", str(path))


def test_a_folder_that_cannot_be_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").touch()
    assert "cannot write to" in refused(capsys, "--output", str(tmp_path / "file" / "below"))


def test_a_folder_that_takes_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def denied(path: Path) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "touch", denied)
    assert "Permission denied" in refused(capsys, "--output", str(tmp_path))


@pytest.mark.parametrize(
    "arguments",
    [
        ["--ouput", "x"],
        ["--output"],
        ["surplus"],
        ["--quiet=yes"],
        ["-o", ""],
        ["-o", " "],
        ["--game", "Chess"],
        ["--game"],
        ["--all", "--game", "GlobalGame"],
    ],
)
def test_bad_arguments(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        report.main(arguments)
    output, error = capsys.readouterr()
    assert stopped.value.code == 2
    assert output == ""
    assert error.startswith("gametheory_eeu: error: ")
    assert error.count("\n") == 1


def test_help(tmp_path: Path) -> None:
    done = run("--help", cwd=tmp_path)
    assert done.returncode == 0
    assert "--output DIR" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_a_request_to_end_leaves_no_process_behind(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "gametheory_eeu", "--jobs", "2", "-o", str(tmp_path / "out")]
    environment = {**os.environ, "PYTHONPATH": str(PACKAGE)}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        start_new_session=True, encoding="utf-8",
    ) as job:  # fmt: skip
        assert job.stdout is not None
        job.stdout.readline()  # it has begun
        job.terminate()
        _, errors = job.communicate(timeout=60)
    assert job.returncode == 130
    assert errors.endswith("gametheory_eeu: error: interrupted\n")
    with pytest.raises(ProcessLookupError):
        os.killpg(job.pid, 0)


def test_an_interruption_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(output: str, edition: object, *, quiet: bool, jobs: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "_run", interrupted)
    assert report.main([]) == 130
    assert capsys.readouterr().err == "gametheory_eeu: error: interrupted\n"
