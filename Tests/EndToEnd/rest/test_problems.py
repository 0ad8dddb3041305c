"""Every error code that a caller can meet, with a sentence in either language, and the page that explains them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import httpx
import pytest

from harness import secrets
from harness.api import API, refused
from harness.directory import Company, Member, new_company
from harness.ports import free_port
from harness.raw_bot import RawBot, answer, response
from harness.server import Server

HANGUL = re.compile("[가-힣]")


@dataclass
class Scene:
    """What the causes of problems are played with."""

    server: Server
    company: Company
    member: Member
    broken: str
    """The address of a bot in error."""

    def api(self, key: str | None, language: str) -> API:
        return self.server.api(key, language)

    def send(self, text: str, language: str) -> httpx.Response:
        return self.api(self.member.api.key, language).call("POST", "/v1/messages", {"text": text})

    def admin(self, language: str) -> API:
        return self.api(self.company.admin.key, language)


Cause = Callable[[Scene, str], httpx.Response]


def revoked(scene: Scene, language: str) -> httpx.Response:
    member = scene.company.member()
    key = member.api.get("/v1/me")["key"]["id"]
    scene.company.admin.delete(f"/v1/keys/{key}")
    return scene.api(member.api.key, language).call("GET", "/v1/me")


def command_taken(scene: Scene, language: str) -> httpx.Response:
    return scene.admin(language).call(
        "POST", f"{scene.company.path}/bots", {"name": "둘째", "commands": [{"name": "/꺼진 일"}]}
    )


def already_answered(scene: Scene, language: str) -> httpx.Response:
    bot = scene.company.bot("/답한 일", scene.broken)
    message = scene.member.api.call("POST", "/v1/messages", {"text": "/답한 일"}).json()["id"]
    return scene.api(bot.api.key, language).call("POST", f"/v1/messages/{message}/reply", {"text": "늦게"})


def reused(scene: Scene, language: str) -> httpx.Response:
    api = scene.api(scene.member.api.key, language)
    api.call("POST", "/v1/messages", {"text": "/도움"}, Idempotency_Key="one")
    return api.call("POST", "/v1/messages", {"text": "/help"}, Idempotency_Key="one")


CAUSES: dict[str, tuple[int, Cause]] = {
    "key_missing": (401, lambda scene, language: scene.api(None, language).call("GET", "/v1/me")),
    "key_malformed": (401, lambda scene, language: scene.api("hwm_short", language).call("GET", "/v1/me")),
    "key_unknown": (401, lambda scene, language: scene.api(secrets.api_key("hwm_"), language).call("GET", "/v1/me")),
    "key_revoked": (401, revoked),
    "key_wrong_kind": (403, lambda scene, language: scene.admin(language).call("GET", "/v1/me/bots")),
    "not_found": (404, lambda scene, language: scene.admin(language).call("GET", "/v1/bots/bot_none")),
    "method_not_allowed": (405, lambda scene, language: scene.admin(language).call("PUT", "/v1/companies")),
    "unsupported_media_type": (
        415,
        lambda scene, language: scene.admin(language).call(
            "POST", f"{scene.company.path}/members", {"name": "김"}, Content_Type="text/xml"
        ),
    ),
    "body_too_large": (
        413,
        lambda scene, language: scene.admin(language).call(
            "POST", f"{scene.company.path}/members", {"name": "x" * 1_100_000}
        ),
    ),
    "invalid_fields": (
        422,
        lambda scene, language: scene.admin(language).call("POST", f"{scene.company.path}/members", {"name": ""}),
    ),
    "company_exists": (
        409,
        lambda scene, language: scene.api(scene.server.admin_key, language).call(
            "POST", "/v1/companies", {"domain": scene.company.domain, "name": "또"}
        ),
    ),
    "command_taken": (409, command_taken),
    "not_a_webhook": (
        409,
        lambda scene, language: scene.admin(language).call("POST", f"/v1/bots/{scene.company.bot().id}/webhook_secret"),
    ),
    "unknown_command": (404, lambda scene, language: scene.send("/모르는 일", language)),
    "invalid_tokens": (422, lambda scene, language: scene.send("/몇 개 많이", language)),
    "bot_offline": (503, lambda scene, language: scene.send("/꺼진 일", language)),
    "bot_error": (502, lambda scene, language: scene.send("/고장", language)),
    "already_answered": (409, already_answered),
    "idempotency_key_reused": (422, reused),
}


@pytest.fixture
def scene(server: Server, company: Company, member: Member) -> Scene:
    company.bot("/꺼진 일", f"http://127.0.0.1:{free_port()}/")
    number = {"name": "/몇 개", "tokens": [{"key": "count", "label": "개수", "type": "number"}]}
    company.bot(commands=[number])
    return Scene(server, company, member, "")


@pytest.mark.parametrize("code", CAUSES)
def test_a_problem_is_told_in_korean_and_in_english(scene: Scene, code: str) -> None:
    status, cause = CAUSES[code]
    bodies = {}
    with RawBot(answer(response(b"", status="500 Internal Server Error"))) as bot:
        scene.broken = bot.url
        scene.company.bot("/고장", bot.url)
        for language in ("ko", "en"):
            # Each in a company of its own would be dearer; what a cause registers is only ever registered once.
            if language == "en" and code in {"already_answered", "idempotency_key_reused"}:
                scene.company = new_company(scene.server.admin)
                scene.member = scene.company.member()
            reply = cause(scene, language)
            bodies[language] = refused(reply, status, code)
            assert reply.headers["content-language"] == language
            if status == 401:
                assert reply.headers["www-authenticate"].startswith("Bearer")
            assert reply.headers["cache-control"] == "no-store"
    korean, english = bodies["ko"], bodies["en"]
    assert HANGUL.search(korean["title"])
    assert HANGUL.search(korean["detail"])
    assert not HANGUL.search(english["title"])
    assert korean["type"] == english["type"]
    for one, other in zip(korean.get("errors", []), english.get("errors", []), strict=True):
        assert HANGUL.search(one["detail"])
        assert one["code"] == other["code"]


def test_a_token_that_does_not_fit_is_named_with_the_usage(company: Company, member: Member) -> None:
    tokens = [
        {"key": "count", "label": "개수", "type": "number"},
        {"key": "day", "label": "날", "type": "date"},
    ]
    bot = company.bot(commands=[{"name": "/주문", "tokens": tokens}])
    problem = refused(member.api.call("POST", "/v1/messages", {"text": "/주문 많이"}), 422, "invalid_tokens")
    assert problem["usage"] == "/주문 <개수> <날>"
    assert problem["command"] == "/주문"
    assert problem["bot"] == {"id": bot.id, "name": bot.name}
    assert [error["token"] for error in problem["errors"]] == ["count", "day"]
    assert [error["code"] for error in problem["errors"]] == ["not_a_number", "missing_token"]
    shown = member.api.get(f"/v1/messages/{problem['id']}")
    assert (shown["status"], shown["problem"]["code"]) == ("failed", "invalid_tokens")


def test_the_type_of_a_problem_is_a_page_that_explains_every_code(server: Server) -> None:
    path, _, fragment = refused(server.api(None).call("GET", "/v1/me"), 401, "key_missing")["type"].partition("#")
    page = server.api(None).call("GET", path)
    assert page.status_code == 200
    assert page.headers["content-type"].startswith("text/html")
    assert fragment == "key_missing"
    for code in [*CAUSES, "bot_busy", "bot_timeout", "rate_limited", "reply_too_late", "storage_unavailable"]:
        assert f'id="{code}"' in page.text, code


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("ko", "ko"),
        ("ko-KR,ko;q=0.9,en;q=0.8", "ko"),
        ("en;q=0.5, ko;q=0.6", "ko"),
        ("fr, *;q=0.1", "en"),
        ("de", "en"),
        ("", "en"),
        ("ko;q=0", "en"),
    ],
)
def test_the_language_is_the_one_that_the_reader_wants_most(server: Server, header: str, language: str) -> None:
    api = server.api(None)
    for method, path in (("GET", "/v1/me"), ("POST", "/v1/messages")):
        reply = api.call(method, path, Accept_Language=header)
        assert reply.headers["content-language"] == language
        assert bool(HANGUL.search(reply.json()["detail"])) == (language == "ko")
