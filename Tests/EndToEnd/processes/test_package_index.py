"""``GET /simple/``: the server hands out the Python package that it was built with."""

from __future__ import annotations

import configparser
import io
import subprocess
import sys
import zipfile
from email import message_from_string
from pathlib import Path

import httpx
import pytest

from harness.server import Server

PYTHON = Path(__file__).parents[3] / "python"


def wheel(server: Server) -> zipfile.ZipFile:
    page = httpx.get(f"{server.url}/simple/hiworker/").text
    link = page.split('href="')[1].split("#")[0]
    return zipfile.ZipFile(io.BytesIO(httpx.get(f"{server.url}{link}").content))


def test_the_wheel_holds_the_package_of_this_repository(server: Server) -> None:
    served = wheel(server)
    assert served.testzip() is None
    sources = PYTHON / "src"
    expected = {
        str(path.relative_to(sources)): path.read_bytes()
        for path in (sources / "hiworker").rglob("*")
        if path.suffix == ".py" or path.name == "py.typed"
    }
    held = {name: served.read(name) for name in served.namelist() if ".dist-info/" not in name}
    assert held == expected


def test_the_wheel_says_what_the_project_file_says(server: Server) -> None:
    tomllib = pytest.importorskip("tomllib", reason="the standard library reads TOML from Python 3.11 on")
    project = tomllib.loads((PYTHON / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    version = (PYTHON / "src" / "hiworker" / "_version.py").read_text(encoding="utf-8").split('"')[-2]
    served = wheel(server)
    folder = f"hiworker-{version}.dist-info"
    metadata = message_from_string(served.read(f"{folder}/METADATA").decode())
    assert (metadata["Name"], metadata["Version"], metadata["Summary"], metadata["License-Expression"]) == (
        project["name"],
        version,
        project["description"],
        project["license"],
    )
    assert metadata["Requires-Python"] == project["requires-python"]
    extras = project["optional-dependencies"]
    assert metadata.get_all("Provides-Extra") == list(extras)
    assert metadata.get_all("Requires-Dist") == project["dependencies"] + [
        f"{package}; extra == '{extra}'" for extra, packages in extras.items() for package in packages
    ]
    entry_points = configparser.ConfigParser()
    entry_points.read_string(served.read(f"{folder}/entry_points.txt").decode())
    assert {group: dict(entry_points[group]) for group in entry_points.sections()} == project["entry-points"]


def test_pip_installs_it(server: Server, tmp_path: Path) -> None:
    folder = tmp_path / "installed"
    pip = [sys.executable, "-m", "pip", "--isolated", "--disable-pip-version-check", "install", "--quiet"]
    # Its dependency comes from the public index, which this test has no need of.
    options = ["--no-deps", "--index-url", f"{server.url}/simple/", "--target", str(folder)]
    subprocess.run([*pip, *options, "hiworker"], check=True, timeout=120)
    assert (folder / "hiworker" / "__init__.py").is_file()
    assert (folder / "hiworker-1.0.0.dist-info" / "RECORD").is_file()


def test_what_is_not_there_is_not_found(server: Server) -> None:
    for path in ("/simple/flask/", "/simple/hiworker/hiworker-0.0.2.tar.gz"):
        assert httpx.get(f"{server.url}{path}").status_code == 404
    assert httpx.post(f"{server.url}/simple/hiworker/").status_code == 405
