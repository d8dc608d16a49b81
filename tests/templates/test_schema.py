"""The published JSON Schema: complete and consistent, on the site and on the command line."""

from collections.abc import Iterator
from io import StringIO
from typing import Any

import orjson
from django.core.management import call_command
from django.test import Client

from templates.blocks import KINDS
from templates.body import TemplateBody
from templates.schema import template_schema
from templates.word.house import ROLES


def references(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        if "$ref" in schema:
            yield schema["$ref"]
        schema = list(schema.values())
    if isinstance(schema, list):
        for one in schema:
            yield from references(one)


def test_the_command_prints_it() -> None:
    printed = StringIO()
    call_command("template", "schema", stdout=printed)
    assert orjson.loads(printed.getvalue()) == template_schema()


def test_the_site_publishes_it_to_everybody(client: Client) -> None:
    assert client.get("/template.schema.json").json() == template_schema()


def test_every_reference_leads_somewhere() -> None:
    schema = template_schema()
    assert set(references(schema)) <= {f"#/$defs/{name}" for name in schema["$defs"]}


def test_every_kind_has_a_block_with_its_own_settings() -> None:
    definitions = template_schema()["$defs"]
    for kind, block_type in KINDS.items():
        block = definitions[f"{kind}_block"]
        assert block["properties"]["kind"]["const"] == kind
        assert block["required"] == ["block", "kind"]
        settings = definitions[f"{kind}_settings"]
        assert set(settings["properties"]) == set(block_type.Settings.model_fields)


def test_styles_can_be_chosen_for_every_role_and_nothing_else() -> None:
    styles = template_schema()["$defs"]["WordLook"]["properties"]["styles"]
    assert list(styles["properties"]) == list(ROLES)
    assert styles["additionalProperties"] is False


def test_every_key_of_a_template_is_described_and_no_other_is_allowed() -> None:
    schema = template_schema()
    assert set(schema["properties"]) == set(TemplateBody.model_fields)
    assert schema["required"] == ["fill", "name"]
    objects = [schema, *(one for one in schema["$defs"].values() if one.get("type") == "object")]
    assert all(one["additionalProperties"] is False for one in objects)
