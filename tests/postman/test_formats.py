"""A format is one row; what it writes is audited, and stays in the output folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from okta_postman.commands.generate import changes
from okta_postman.compose.workspace import compose
from okta_postman.documents.yaml_text import block
from okta_postman.files import sync
from okta_postman.postman.formats import FORMATS, Artifact, Format, artifacts
from okta_postman.postman.model import File, Workspace
from okta_postman.problems import InternalError, UserError
from tests.support.manifests import manifest


def files(workspace: Workspace) -> tuple[File, ...]:
    """A definition, and a file for each environment, in folders."""
    collection = workspace.collection
    definition = File(
        f"postman/{workspace.slug}/.resources/definition.yaml",
        collection.id,
        {"id": collection.id, "name": collection.name},
    )
    environments = [
        File(
            f"postman/{workspace.slug}/Umwelt für {environment.slug}.yaml",
            environment.id,
            {"id": environment.id},
        )
        for environment in workspace.environments
    ]
    return definition, *environments


def read_id(content: bytes) -> str | None:
    return content.decode().split()[1] if content.startswith(b"id: ") else None


TREE = Format(
    name="tree",
    files=files,
    audit=lambda found: [f"{file.path} has no ID" for file in found if not file.id],
    encode=lambda data: "".join(block(data)).encode(),
    leftovers=lambda slug: f"postman/{slug}/*.yaml",
    read_id=read_id,
    keys=lambda _slug, path, _content: ("environment", Path(path).stem.rpartition(" ")[2]),
)
"""A format of a test's own: several folders, and YAML."""


def test_a_format_may_write_a_tree_of_other_files() -> None:
    written = artifacts(compose(manifest()), [*FORMATS, TREE])
    assert [artifact.path for artifact in written] == [
        "okta-users.postman_collection.json",
        "okta-users.acme.okta.com.postman_environment.json",
        "postman/okta-users/.resources/definition.yaml",
        "postman/okta-users/Umwelt für acme.okta.com.yaml",
    ]
    assert written[2].content.endswith(b"name: Okta users\n")


def test_a_tree_is_written_into_its_folders(tmp_path: Path) -> None:
    tree = artifacts(compose(manifest()), [TREE])
    sync.apply(changes(manifest(), tree, tmp_path))
    assert {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.yaml")} == {
        artifact.path for artifact in tree
    }
    assert {change.state for change in changes(manifest(), tree, tmp_path)} == {"up to date"}


def test_a_folder_that_leads_out_of_the_output_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "output").mkdir()
    (tmp_path / "output" / "postman").symlink_to(tmp_path)
    tree = artifacts(compose(manifest()), [TREE])
    with pytest.raises(UserError, match="leads out of the output folder"):
        changes(manifest(), tree, tmp_path / "output")


def test_files_that_fail_their_audit_are_not_written() -> None:
    workspace = compose(manifest())
    nameless = workspace._replace(collection=workspace.collection._replace(id=""))
    with pytest.raises(InternalError, match=r"definition\.yaml has no ID"):
        artifacts(nameless, [TREE])


@pytest.mark.parametrize(
    "path",
    [
        *("", "/", "/etc/passwd", "../up.json", "a/../../up.json", "a/..", ".", "a/./b", "a//b"),
        *(
            "a/",
            "C:/x",
            "a:b",
            "\\\\host\\x",
            "a\\..\\b",
            "a\0b",
            "a\nb",
            "trail. /x",
            ".git/config",
        ),
    ],
)
def test_no_path_of_an_artifact_leaves_the_folder(path: str) -> None:
    with pytest.raises(InternalError, match="could leave the output folder"):
        Artifact(FORMATS[0], path, b"", "")


@pytest.mark.parametrize(
    "path", ["x.json", "a/b/c.request.yaml", "a/.resources/definition.yaml", "Größe (1).http"]
)
def test_a_path_of_an_artifact_may_have_folders_and_any_letters(path: str) -> None:
    assert Artifact(FORMATS[0], path, b"", "").path == path
