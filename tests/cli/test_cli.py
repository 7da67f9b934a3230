"""The command line: streams, exit codes, formats, and what a mistake looks like."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_group

from okta_postman.cli.app import app, imports
from tests.support.program import BASE, contents, okta_postman

COMMANDS: dict[tuple[str, ...], Any] = {
    **{(name,): command for name, command in get_group(app).commands.items() if name != "import"},
    **{("import", name): command for name, command in get_group(imports).commands.items()},
}
VERBS = list(COMMANDS)
"""Every verb, hidden ones too, as one types it."""
HIDDEN = ["catalog"]
WRONG = BASE.replace("acme.okta.com", "acme-admin.okta.com")
WARNED = BASE.replace("okta.users.read", "okta.users.write")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "good.yaml").write_text(BASE, encoding="utf-8")
    (tmp_path / "wrong.yaml").write_text(WRONG, encoding="utf-8")
    (tmp_path / "warned.yaml").write_text(WARNED, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("flag", ["-h", "--help"])
@pytest.mark.parametrize("verb", [(), *VERBS], ids=str)
def test_every_verb_has_help(folder: Path, verb: tuple[str, ...], flag: str) -> None:
    done = okta_postman(*verb, flag, cwd=folder)
    assert done.code == 0
    assert done.stdout.startswith("Usage: ")
    assert done.stderr == ""


def test_the_help_lists_every_verb_with_a_sentence(folder: Path) -> None:
    listed = okta_postman("--help", cwd=folder).stdout
    for name, *_ in VERBS:
        found = re.search(rf"^  {name} +\S.+\.$", listed, re.MULTILINE)
        assert bool(found) == (name not in HIDDEN), name


@pytest.mark.parametrize("verb", VERBS, ids=str)
def test_every_argument_and_option_has_a_sentence_and_a_metavar(verb: tuple[str, ...]) -> None:
    for parameter in COMMANDS[verb].params:
        assert re.fullmatch(r"[A-Z].*[.\]]", getattr(parameter, "help", "")), parameter.name
        is_typed = not getattr(parameter, "is_flag", False) and "Choice" not in str(parameter.type)
        assert not is_typed or re.fullmatch(r"[A-Z\[\].]+", parameter.metavar or ""), parameter.name


def test_the_version_is_the_package_version(folder: Path) -> None:
    project = (Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8")
    version = re.search(r'^version = "(.+)"$', project, re.MULTILINE)
    assert version
    assert okta_postman("--version", cwd=folder).stdout == f"okta-postman {version[1]}\n"


@pytest.mark.parametrize(
    ("arguments", "code", "stdout", "stderr"),
    [
        ("lint good.yaml", 0, "", "no problems in 1 file"),
        ("lint warned.yaml", 0, "warning[R012]", ""),
        ("lint wrong.yaml", 2, "error[R002]", ""),
        ("lint good.yaml wrong.yaml", 2, "error[R002]", ""),
        ("lint missing.yaml", 2, "", "missing.yaml: no such file"),
        ("lint .", 2, "", "is a folder, not a file"),
        ("generate good.yaml", 0, "", "wrote okta-users.postman_collection.json"),
        ("generate warned.yaml", 0, "", "warning[R012]"),
        ("generate wrong.yaml", 2, "", "error[R002]"),
        ("generate missing.yaml", 2, "", "missing.yaml: no such file"),
        ("generate --check good.yaml", 1, "error[P001]", ""),
        ("generate --diff good.yaml", 0, "+++ b/okta-users.postman_collection.json", ""),
        ("generate", 2, "", "Missing argument"),
        ("generate --nonsense good.yaml", 2, "", "No such option"),
        ("generat good.yaml", 2, "", "generate"),
        ("explain R002", 0, "# R002", ""),
        ("explain R999", 2, "", "no problem has the code `R999`"),
        ("schema", 0, '"$schema"', ""),
        ("init good.yaml", 2, "", "good.yaml exists already"),
        ("init missing/x.yaml", 2, "", "there is no folder missing"),
    ],
)
def test_exit_codes_and_streams(
    folder: Path, arguments: str, code: int, stdout: str, stderr: str
) -> None:
    done = okta_postman(*arguments.split(), cwd=folder)
    assert done.code == code
    assert stdout in done.stdout
    assert stderr in done.stderr
    assert bool(done.stdout) == bool(stdout)
    assert bool(done.stderr) == bool(stderr)
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.parametrize("form", ["json", "github", "sarif"])
def test_a_program_reads_problems_on_stdout(folder: Path, form: str) -> None:
    done = okta_postman("generate", "--format", form, "wrong.yaml", cwd=folder)
    assert done.code == 2
    assert done.stderr == ""
    assert "R002" in done.stdout


def test_json_has_every_part_of_a_finding(folder: Path) -> None:
    done = okta_postman("lint", "--format", "json", "wrong.yaml", cwd=folder)
    assert json.loads(done.stdout) == {
        "version": 1,
        "problems": [
            {
                "file": "wrong.yaml",
                "line": 3,
                "column": 6,
                "end_column": 33,
                "severity": "error",
                "code": "R002",
                "message": "`acme-admin.okta.com` is the Admin Console, which has no API",
                "help": "write `https://acme.okta.com`",
            }
        ],
    }


def test_github_gets_one_line_for_each_finding(folder: Path) -> None:
    done = okta_postman("lint", "--format", "github", "wrong.yaml", cwd=folder)
    assert done.stdout == (
        "::error file=wrong.yaml,line=3,col=6,endColumn=33,title=R002::"
        "`acme-admin.okta.com` is the Admin Console, which has no API"
        "%0Awrite `https://acme.okta.com`\n"
    )


def test_sarif_names_place_rule_and_level(folder: Path) -> None:
    done = okta_postman("lint", "--format", "sarif", "wrong.yaml", cwd=folder)
    run = json.loads(done.stdout)["runs"][0]
    result = run["results"][0]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["R002"]
    assert (result["ruleId"], result["level"]) == ("R002", "error")
    assert result["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "wrong.yaml"},
        "region": {"startLine": 3, "startColumn": 6, "endColumn": 33},
    }


@pytest.mark.parametrize("form", ["text", "json", "github", "sarif"])
def test_without_problems_a_program_still_gets_something_to_read(folder: Path, form: str) -> None:
    done = okta_postman("lint", "--format", form, "good.yaml", cwd=folder)
    assert done.code == 0
    if form in ("json", "sarif"):
        json.loads(done.stdout)
    else:
        assert done.stdout == ""


def test_standard_input_is_read_and_named(folder: Path) -> None:
    done = okta_postman("lint", "-", cwd=folder, stdin=WRONG)
    assert done.stdout.startswith("<stdin>:3:6: error[R002]")


def test_standard_input_is_generated_into_the_folder_given(folder: Path) -> None:
    (folder / "out").mkdir()
    done = okta_postman("generate", "-", "-o", "out", cwd=folder, stdin=BASE)
    assert done.code == 0
    assert sorted(contents(folder / "out")) == [
        "okta-users.acme.okta.com.postman_environment.json",
        "okta-users.postman_collection.json",
    ]


def test_a_path_is_shown_relative_to_here(folder: Path) -> None:
    done = okta_postman("lint", str(folder / "wrong.yaml"), cwd=folder)
    assert done.stdout.startswith("wrong.yaml:3:6: ")


def test_a_diff_shows_old_and_new_and_writes_nothing(folder: Path) -> None:
    okta_postman("generate", "good.yaml", cwd=folder)
    before = contents(folder)
    (folder / "good.yaml").write_text(BASE.replace("acme", "other"), encoding="utf-8")

    done = okta_postman("generate", "--diff", "--check", "good.yaml", cwd=folder)

    assert done.code == 1
    assert '-      "value": "https://acme.okta.com",' in done.stdout
    assert '+      "value": "https://other.okta.com",' in done.stdout
    assert "P003" in done.stderr
    assert contents(folder).keys() == before.keys()


def test_after_generate_the_check_is_content(folder: Path) -> None:
    okta_postman("generate", "good.yaml", cwd=folder)
    done = okta_postman("generate", "--check", "good.yaml", cwd=folder)
    assert (done.code, done.stdout, done.stderr) == (0, "", "2 files up to date\n")


@pytest.mark.parametrize(
    ("variables", "coloured"),
    [
        ({"NO_COLOR": "", "FORCE_COLOR": "1"}, True),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ({"NO_COLOR": "", "FORCE_COLOR": ""}, False),
    ],
    ids=str,
)
def test_colour_is_for_those_who_want_it(
    folder: Path, variables: dict[str, str], *, coloured: bool
) -> None:
    done = okta_postman("lint", "wrong.yaml", cwd=folder, environment=variables)
    assert ("\x1b[" in done.stdout) == coloured


def test_init_writes_a_description_that_generates(tmp_path: Path) -> None:
    written = okta_postman(
        "init",
        "mine.yaml",
        "--org=https://mine.okta.com",
        "--client-id=0oamine1234567890",
        "--redirect-uri=http://localhost:8080/cb",
        "--scope=okta.groups.read",
        "--scope=okta.logs.read",
        cwd=tmp_path,
    )
    assert written.code == 0
    text = (tmp_path / "mine.yaml").read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=")
    for typed in ("https://mine.okta.com", "0oamine1234567890", "http://localhost:8080/cb"):
        assert typed in text

    linted = okta_postman("lint", "mine.yaml", cwd=tmp_path)
    assert (linted.code, linted.stdout) == (0, "")
    assert okta_postman("generate", "mine.yaml", cwd=tmp_path).code == 0


def test_init_without_options_writes_one_that_generates_too(tmp_path: Path) -> None:
    assert okta_postman("init", cwd=tmp_path).code == 0
    linted = okta_postman("lint", "okta-postman.yaml", cwd=tmp_path)
    assert (linted.code, linted.stdout) == (0, "")


def test_init_never_overwrites(folder: Path) -> None:
    before = contents(folder)
    assert okta_postman("init", "good.yaml", cwd=folder).code == 2
    assert contents(folder) == before


@pytest.mark.parametrize(
    ("option", "code"),
    [
        ("--org=https://acme-admin.okta.com", "R002"),
        ('--org=x" # y\n z: {', "R001"),
        ("--client-id=hello", "R033"),
        ("--scope=okta.users.read,okta.groups.read", "R013"),
        ("--redirect-uri=https://oauth.pstmn.io/v1/callbak", "R010"),
    ],
)
def test_init_writes_nothing_that_could_not_be_used(tmp_path: Path, option: str, code: str) -> None:
    done = okta_postman("init", option, cwd=tmp_path)
    assert done.code == 2
    assert re.findall(r"error\[(\w+)\]", done.stderr) == [code]
    assert contents(tmp_path) == {}


def test_a_defect_is_one_sentence_and_a_traceback_only_on_request(folder: Path) -> None:
    broken = "import okta_postman.commands.generate as g, runpy\ng.generate = None\n"
    broken += "runpy.run_module('okta_postman', run_name='__main__')"
    launcher = [sys.executable, "-c", broken]

    plain = okta_postman("generate", "good.yaml", cwd=folder, launcher=launcher)
    debugged = okta_postman("--debug", "generate", "good.yaml", cwd=folder, launcher=launcher)

    assert plain.code == debugged.code == 70
    assert "this is a bug in okta-postman" in plain.stderr
    assert "Traceback" not in plain.stderr
    assert "Traceback" in debugged.stderr
    assert sorted(contents(folder)) == ["good.yaml", "warned.yaml", "wrong.yaml"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_an_interrupted_run_says_so_with_its_code(folder: Path) -> None:
    command = [sys.executable, "-m", "okta_postman", "lint", "-"]
    with subprocess.Popen(
        command, cwd=folder, bufsize=0, stdin=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        # More than a pipe holds: the program reads, however slowly it started.
        process.stdin.write(b"#" * 1_000_000)
        while process.poll() is None:  # Python sees a signal between two reads only after them
            process.send_signal(signal.SIGINT)
            time.sleep(0.05)
        assert process.stderr.read() == b""
    assert process.returncode == 130


def test_starting_up_imports_nothing_heavy(folder: Path) -> None:
    asked = "import sys, okta_postman.cli.app; print(*sys.modules)"
    done = okta_postman(cwd=folder, launcher=[sys.executable, "-c", asked])
    loaded = set(done.stdout.split())
    heavy = {"yaml", "jinja2", "jsonschema", "jsonschema_rs", "orjson", "rich", "pydantic"}
    network = {"oauthlib", "ssl", "truststore", "urllib3", "webbrowser", "http.client"}
    assert loaded & (heavy | network) == set()


def test_a_good_run_does_not_load_what_only_a_no_needs(folder: Path) -> None:
    asked = (
        "import atexit, runpy, sys\n"
        "atexit.register(lambda: print(*sys.modules))\n"
        "runpy.run_module('okta_postman', run_name='__main__')"
    )
    done = okta_postman("generate", "good.yaml", cwd=folder, launcher=[sys.executable, "-c", asked])
    assert done.code == 0
    unneeded = {"jsonschema", "rich", "pydantic", "oauthlib", "truststore", "urllib3"}
    assert unneeded & set(done.stdout.split()) == set()


def test_a_diff_shows_no_token_that_was_pasted_into_a_file(folder: Path) -> None:
    okta_postman("generate", "good.yaml", cwd=folder)
    path = folder / "okta-users.acme.okta.com.postman_environment.json"
    pasted = '"key": "accessToken",\n      "value": "opaque-token"'
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r'"key": "accessToken",\s+"value": ""', pasted, text), encoding="utf-8")

    done = okta_postman("generate", "--diff", "good.yaml", cwd=folder)

    assert '-      "value": "********",' in done.stdout
    assert "opaque-token" not in done.stdout + done.stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows allows no such file name")
def test_a_file_name_commands_neither_a_terminal_nor_github(folder: Path) -> None:
    name = "x\n::error::pwned\x1b[31m.yaml"
    (folder / name).write_text(WRONG, encoding="utf-8")
    for arguments in (["lint", name], ["lint", "--format", "github", name], ["lint", name + "y"]):
        done = okta_postman(*arguments, cwd=folder)
        assert "\n::error::pwned" not in done.stdout + done.stderr
        assert "\x1b" not in done.stdout + done.stderr


def test_an_output_of_few_letters_is_no_defect(folder: Path) -> None:
    text = BASE.replace("acme.okta.com", "漢字")
    done = okta_postman(
        "lint", "-", cwd=folder, stdin=text, environment={"PYTHONIOENCODING": "cp1252"}
    )
    assert done.code == 2
    assert "\\u6f22" in done.stdout
