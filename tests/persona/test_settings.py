from pathlib import Path

import pytest

from persona.errors import SettingsProblem
from persona.settings import Settings, load_settings


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A working folder and a home with no settings, whatever the tester has."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"SELFSAME_{name.upper()}", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def key_of(settings: Settings) -> str | None:
    return settings.key and settings.key.get_secret_value()


def write_home(folder: Path, toml: str) -> Path:
    home = folder / "home"
    home.mkdir()
    (home / "settings.toml").write_text(toml, encoding="utf-8")
    return home


def test_without_any_choice_everything_stays_on_this_machine() -> None:
    settings = load_settings()
    assert settings.home == Path.home() / ".selfsame"
    assert settings.models_dir.parts[-2:] == ("selfsame", "models")
    assert settings.chat == "auto"
    assert (settings.base_url, settings.key, settings.qdrant_url) == (None, None, None)


def test_the_nearer_choice_wins(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = write_home(here, "threads = 1\nevidence_tokens = 10\ntimezone = 'Asia/Tokyo'")
    (here / ".env").write_text("SELFSAME_THREADS=2\nSELFSAME_EVIDENCE_TOKENS=20\n")
    monkeypatch.setenv("SELFSAME_THREADS", "3")
    settings = load_settings(home=home)
    assert (settings.threads, settings.evidence_tokens) == (3, 20)
    assert settings.timezone == "Asia/Tokyo"
    assert load_settings(home=home, threads=4).threads == 4


def test_an_override_that_is_none_counts_as_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SELFSAME_CHAT", "none")
    assert load_settings(chat=None).chat == "none"


def test_the_home_of_the_environment_brings_its_settings_file(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SELFSAME_HOME", str(write_home(here, "chat = 'openai:some-model'")))
    assert load_settings().chat == "openai:some-model"


def test_an_empty_variable_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SELFSAME_THREADS", "")
    monkeypatch.setenv("SELFSAME_API_KEY", "")
    assert load_settings().threads is None
    assert load_settings().key is None


def test_folders_are_absolute_and_know_the_tilde(here: Path) -> None:
    assert load_settings(home="~/twins").home == Path.home() / "twins"
    assert load_settings(models_dir="weights").models_dir == here / "weights"


def test_the_key_that_other_programs_use_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "shared")
    assert key_of(load_settings()) == "shared"


def test_a_key_of_its_own_goes_before_the_shared_one(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "shared")
    assert key_of(load_settings(home=write_home(here, "api_key = 'own'"))) == "own"


def test_the_shared_key_is_kept_from_other_servers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "shared")
    assert key_of(load_settings(base_url="https://elsewhere.example/v1")) is None


def test_keys_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "shared-secret")
    settings = load_settings(api_key="own-secret", qdrant_api_key="index-secret")
    assert "secret" not in repr(settings).replace("SecretStr", "")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("threads", "0"),
        ("threads", "two"),
        ("evidence_tokens", "-5"),
        ("timezone", "Mars/Olympus"),
        ("timezone", "../../etc/passwd"),
        ("chat", "qwen"),
        ("embedding", "minilm"),
        ("base_url", "localhost:11434"),
        ("qdrant_url", "qdrant"),
    ],
)
def test_a_bad_value_is_one_line_that_names_the_setting(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"SELFSAME_{name.upper()}", value)
    with pytest.raises(SettingsProblem) as problem:
        load_settings()
    assert f"the setting {name!r} can't be used: it should be" in str(problem.value)
    assert "\n" not in str(problem.value)


def test_a_bad_key_is_refused_without_being_shown(here: Path) -> None:
    with pytest.raises(SettingsProblem, match="api_key") as problem:
        load_settings(home=write_home(here, "api_key = 123456"))
    assert "123456" not in str(problem.value)


def test_a_misspelt_setting_in_the_file_is_named(here: Path) -> None:
    with pytest.raises(SettingsProblem, match="there is no setting 'caht'"):
        load_settings(home=write_home(here, "caht = 'none'"))


def test_a_file_that_is_no_toml_is_named(here: Path) -> None:
    with pytest.raises(SettingsProblem, match=r"settings\.toml"):
        load_settings(home=write_home(here, "chat = none"))


def test_what_others_keep_in_the_env_file_is_left_alone(here: Path) -> None:
    (here / ".env").write_text("DATABASE_URL=postgres://elsewhere\nSELFSAME_CHAT=none\n")
    assert load_settings().chat == "none"


def test_every_setting_explains_itself() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []
