"""Model profiles: which one the environment makes, and what a profile file may say."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from generation import profiles
from generation.profiles import UnknownProfile, default_profile, find_fallback, find_profile
from tests.factories import make_profile

BIG = '[[profile]]\nname = "big"\nmodel = "big-1"\nschema = "schema"\nwindow = 1000\n'
WriteFile = Callable[[str], Path]


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    profiles._profiles_in.cache_clear()
    yield
    profiles._profiles_in.cache_clear()


@pytest.fixture
def write_file(settings: Settings, tmp_path: Path) -> WriteFile:
    def write(text: str) -> Path:
        path = tmp_path / "llm.toml"
        path.write_text(text, encoding="utf-8")
        settings.FILL_MODELS = path
        return path

    return write


def test_with_nothing_in_the_environment_the_offline_writer_writes() -> None:
    assert default_profile().offline


def test_a_key_alone_means_openai_and_forms_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-1")

    profile = default_profile()

    assert (profile.name, profile.address, profile.key) == ("default", "https://api.openai.com/v1", "sk-1")
    assert (profile.enforce, profile.cache) == ("prompt", "key")
    assert profile.max_tokens_field == "max_completion_tokens"


def test_an_address_of_ones_own_means_enforced_schemas_and_needs_no_key(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://llm.example/v1")

    profile = default_profile()

    assert (profile.address, profile.key) == ("http://llm.example/v1", "none")
    assert (profile.enforce, profile.cache) == ("schema", "none")


@pytest.mark.parametrize("address", ["https://api.openai.com/v1", "https://api.openai.com/v1/"])
def test_the_address_of_openai_itself_is_openai(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", address)

    assert default_profile().enforce == "prompt"


def test_a_model_that_is_no_entry_is_the_name_of_the_servers_model(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-1")
    settings.FILL_MODEL = "gpt-9"

    assert (default_profile().name, default_profile().model) == ("default", "gpt-9")


def test_an_entry_without_a_server_never_sends_documents_to_openai(
    write_file: WriteFile, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_file(BIG)
    settings.FILL_MODEL = "big"
    monkeypatch.setenv("OPENAI_API_KEY", "sk-1")
    with pytest.raises(UnknownProfile, match="has no server: set OPENAI_BASE_URL"):
        default_profile()


def test_a_model_that_names_an_entry_is_that_entry(
    write_file: WriteFile, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_file(BIG)
    settings.FILL_MODEL = "big"
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:1/v1")

    assert default_profile() == find_profile("big")
    assert (default_profile().model, default_profile().window) == ("big-1", 1000)


def test_the_offline_writer_can_be_asked_for_though_there_is_a_key(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-1")
    settings.FILL_MODEL = "offline"

    assert default_profile().offline


def test_a_model_nobody_knows_is_refused_rather_than_written_offline(settings: Settings) -> None:
    settings.FILL_MODEL = "gpt-9"

    with pytest.raises(UnknownProfile, match="“gpt-9”, but there is no such profile"):
        default_profile()


def test_an_entry_takes_its_key_from_the_variable_it_names(
    monkeypatch: pytest.MonkeyPatch, write_file: WriteFile
) -> None:
    monkeypatch.setenv("OTHER_KEY", "sk-2")
    write_file(BIG + 'key_variable = "OTHER_KEY"\nbase_url = "http://other.example/v1"\n')

    profile = find_profile("big")

    assert (profile.key, profile.address) == ("sk-2", "http://other.example/v1")


def test_a_profile_is_found_by_the_name_that_reports_keep(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-1")

    assert find_profile("default") == default_profile()
    assert find_profile("offline").offline


def test_a_profile_that_is_not_there_says_where_to_add_it(write_file: WriteFile) -> None:
    write_file(BIG)

    with pytest.raises(UnknownProfile, match=r"no model profile “huge” here; add it to llm\.toml"):
        find_profile("huge")


def test_the_default_of_another_place_is_unknown_where_nothing_is_set() -> None:
    with pytest.raises(UnknownProfile):
        find_profile("default")


def test_a_file_that_is_not_there_is_said(settings: Settings, tmp_path: Path) -> None:
    settings.FILL_MODELS = tmp_path / "none.toml"

    with pytest.raises(UnknownProfile, match="There is no file of model profiles at"):
        default_profile()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[[profile", "llm.toml is not TOML: "),
        (BIG + "windw = 3\n", "llm.toml: profile.0.windw: "),
        ('[[profile]]\nname = "big"\n', "llm.toml: profile.0.model: Field required."),
        (BIG + "concurrency = 0\n", "llm.toml: profile.0.concurrency: "),
        ("profile = 3\n", "llm.toml: profile: "),
        ("[profil]\n", "llm.toml: profil: "),
        (BIG + 'fallback = "x"\n', "llm.toml: profile: the fallback “x” of “big” is no profile of this file"),
        (BIG + 'fallback = "default"\n', "llm.toml: profile: the fallback “default” of “big” is no profile"),
        (BIG + 'fallback = "big"\n', "llm.toml: profile: the fallbacks of “big” lead back to “big”."),
        (
            BIG + 'fallback = "other"\n' + BIG.replace('"big"', '"other"') + 'fallback = "big"\n',
            "llm.toml: profile: the fallbacks of “big” lead back to “big”.",
        ),
        (BIG + BIG, "llm.toml: profile: two profiles are called “big”."),
        (BIG.replace('"big"', '"offline"'), "llm.toml: profile: the name “offline” has a meaning of its own"),
        (BIG.replace('"big"', '"default"'), "llm.toml: profile: the name “default” has a meaning of its own"),
    ],
)
def test_a_broken_file_is_explained(write_file: WriteFile, text: str, sentence: str) -> None:
    write_file(text)

    with pytest.raises(UnknownProfile) as caught:
        default_profile()

    assert str(caught.value).startswith(sentence)


def test_a_file_in_another_encoding_is_explained(write_file: WriteFile) -> None:
    write_file("").write_bytes("# größer\n".encode("latin-1"))

    with pytest.raises(UnknownProfile, match=r"llm\.toml is not TOML"):
        default_profile()


def test_the_file_that_ships_is_valid_and_its_first_entry_is_openai() -> None:
    shipped = profiles._profiles_in(Path(__file__).parents[2] / "llm.toml")

    assert list(shipped) == ["openai", "local"]


def test_the_fallback_is_the_profile_that_is_named(write_file: WriteFile) -> None:
    server = 'base_url = "http://x.example/v1"\n'
    write_file(BIG + server + 'fallback = "small"\n' + BIG.replace('"big"', '"small"') + server)

    big, small = find_profile("big"), find_profile("small")

    assert find_fallback(big) == small
    assert find_fallback(small) is None


def test_the_offline_writer_is_a_fallback_only_where_it_is_named(write_file: WriteFile) -> None:
    write_file(BIG + 'base_url = "http://x.example/v1"\nfallback = "offline"\n')

    fallback = find_fallback(find_profile("big"))

    assert fallback is not None
    assert fallback.offline
    assert find_fallback(fallback) is None


def test_a_fallback_without_a_server_here_is_none(write_file: WriteFile) -> None:
    write_file(
        BIG + 'base_url = "http://x.example/v1"\nfallback = "small"\n' + BIG.replace('"big"', '"small"')
    )

    assert find_fallback(find_profile("big")) is None


def test_reading_and_writing_the_cache_cost_like_other_input_unless_they_are_priced() -> None:
    prices = {"input_price": 2, "output_price": 10}
    plain = make_profile("http://x", **prices)
    priced = make_profile("http://x", **prices, cached_price=0.5, cache_write_price=2.5)
    tokens = {"inputs": 1_000_000, "cached": 600_000, "written": 200_000, "outputs": 100_000}

    assert plain.cost(**tokens) == pytest.approx(2 + 1)
    assert priced.cost(**tokens) == pytest.approx(0.4 + 0.3 + 0.5 + 1)
