"""docs/http.md says what is: its examples run, every setting and address is there with its default."""

import json
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import jsonschema
import msgspec
import pytest
from http_service import ROOT, Service

from edi_hit.exchange.http.problems import TITLES
from edi_hit.formats.schema_files import HTTP, schema_files, shipped_schema
from edi_hit.profiles.http_service import HttpLimits, HttpSettings, Scope, TokenSettings

PAGE = (ROOT / "docs" / "http.md").read_text()
(TOML,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
(EXAMPLES,) = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_the_examples_run(service: Service, tmp_path: Path) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    for line in EXAMPLES.splitlines():
        command = line.replace("localhost:8837", f"localhost:{service.port}").replace(
            "curl ", "curl -sSf ", 1
        )
        done = subprocess.run(command, shell=True, cwd=tmp_path, capture_output=True, text=True)
        assert done.returncode == 0, (line, done.stderr)
        assert done.stdout or " -o " in line


def test_every_setting_is_told_with_its_default() -> None:
    told = tomllib.loads(TOML)
    assert set(told) == set(HttpSettings.__struct_fields__)
    assert told["limits"] == msgspec.structs.asdict(HttpLimits())
    (token,) = told["tokens"].values()
    assert set(token) == set(TokenSettings.__struct_fields__)
    assert token["scopes"] == [scope.value for scope in Scope]
    for name in ("host", "port", "without_tokens"):
        assert told[name] == getattr(HttpSettings(), name)
    assert told["folder"] == HttpSettings().folder


def test_every_address_and_problem_is_told(service: Service) -> None:
    for path, methods in service.get("/openapi.json").json["paths"].items():
        for method in methods:
            shown = path.replace("{job}", "ID").replace("{name}", "NAME")
            assert f"`{method.upper()} {shown}`" in PAGE
    for kind, (status, _) in TITLES.items():
        assert re.search(rf"\| [0-9, ]*{status}[0-9, ]* \|.*`{kind}`", PAGE), kind


def test_the_schema_of_the_settings_is_the_shipped_one() -> None:
    assert schema_files()[HTTP] == shipped_schema(HTTP)
    document = tomllib.loads(TOML)
    document["tokens"]["billing-office"]["sha256"] = "0" * 64
    document["tokens"]["billing-office"]["expires_on"] = "2027-12-31"
    jsonschema.validate(document, json.loads(shipped_schema(HTTP)))
