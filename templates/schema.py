"""The published JSON Schema of a template file, for editors that complete and check as one types."""

from templates.blocks import KINDS
from templates.blocks.base import Json
from templates.body import Block, TemplateBody


def template_schema() -> Json:
    """One JSON Schema for the whole file, with the settings of each kind."""
    schema = TemplateBody.model_json_schema()
    definitions = schema["$defs"]
    block = definitions.pop(Block.__name__)
    variants = []
    for kind, block_type in KINDS.items():
        settings = block_type.Settings.model_json_schema()
        definitions |= settings.pop("$defs", {})
        definitions[f"{kind}_settings"] = settings
        properties = block["properties"] | {
            "kind": {"const": kind, "title": block_type.name},
            "settings": {"$ref": f"#/$defs/{kind}_settings"},
        }
        definitions[f"{kind}_block"] = {**block, "title": block_type.name, "properties": properties}
        variants.append({"$ref": f"#/$defs/{kind}_block"})
    schema["properties"]["blocks"]["items"] = {
        "anyOf": [{"$ref": "#/$defs/StaticHeading"}, {"$ref": "#/$defs/StaticText"}, *variants]
    }
    schema["required"] = ["fill", "name"]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Fill template"} | {
        key: value for key, value in schema.items() if key not in ("title", "description")
    }
