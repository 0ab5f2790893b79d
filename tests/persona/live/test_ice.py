"""STUN and TURN: which servers the settings name, and who is told the password."""

import pytest

from persona.errors import SettingsProblem
from persona.live.ice import ice_servers
from persona.settings import load_settings


def test_no_server_is_asked_unless_one_is_named() -> None:
    assert ice_servers(load_settings()) == []


def test_name_and_password_go_to_turn_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    named = "stun:stun.example.org:3478  turns:turn.example.org:5349?transport=tcp"
    monkeypatch.setenv("SELFSAME_ICE_SERVERS", named)
    monkeypatch.setenv("SELFSAME_TURN_USER", "ana")
    monkeypatch.setenv("SELFSAME_TURN_PASSWORD", "riverside")
    assert [server.as_json() for server in ice_servers(load_settings())] == [
        {"urls": "stun:stun.example.org:3478"},
        {
            "urls": "turns:turn.example.org:5349?transport=tcp",
            "username": "ana",
            "credential": "riverside",
        },
    ]


@pytest.mark.parametrize("named", ["stun.example.org", "http://example.org", "turn:"])
def test_an_address_of_another_kind_is_refused(monkeypatch: pytest.MonkeyPatch, named: str) -> None:
    monkeypatch.setenv("SELFSAME_ICE_SERVERS", named)
    with pytest.raises(SettingsProblem, match="ice_servers"):
        load_settings()
