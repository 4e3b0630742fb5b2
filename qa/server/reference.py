"""The page ``/docs``: the OpenAPI document as plain HTML, without a script and without any other site's files."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from starlette.responses import HTMLResponse, Response

from qa.server.prefix import links_root
from qa.server.service import Service

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

_STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
:root { color-scheme: light dark }
h2 { margin-top: 3rem; border-top: 1px solid; padding-top: 1rem } h2 code { font-size: 1.1rem }
pre { overflow: auto; padding: .75rem; border: 1px solid; border-radius: .25rem; max-height: 24rem }
table { border-collapse: collapse; width: 100% }
td, th { text-align: left; vertical-align: top; padding: .25rem .75rem .25rem 0 }
"""


def router(service: Service) -> APIRouter:  # noqa: ARG001 -- every part is made so
    """The routes of the reference and its style."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/docs")
    async def docs(request: Request) -> Response:
        app: FastAPI = request.app
        return HTMLResponse(page(app.openapi(), links_root(request.scope)), headers={"content-security-policy": POLICY})

    @routes.get("/docs.css")
    async def style() -> Response:
        return Response(_STYLE, media_type="text/css")

    return routes


def page(document: Mapping[str, Any], root: str = ".") -> str:
    """The HTML page that describes an OpenAPI document, whose links begin with ``root``."""
    info = document["info"]
    title = escape(f"{info['title']} {info['version']}")
    parts = [
        '<!doctype html><html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<title>{title}</title><link rel="stylesheet" href="{escape(root)}/docs.css"></head><body><main>',
        f"<h1>{title}</h1>",
        *(f"<p>{_text(part)}</p>" for part in info["description"].split("\n\n")),
        f'<p>For programs: <a href="{escape(root)}/openapi.json">openapi.json</a></p>',
        *_contents(document),
    ]
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            parts += _operation(path, method, operation, document)
    return "\n".join([*parts, "</main></body></html>\n"])


def _contents(document: Mapping[str, Any]) -> Iterator[str]:
    yield "<nav><ul>"
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            name = escape(operation["operationId"])
            told = f"<code>{method.upper()} {escape(path)}</code> {escape(operation.get('summary', ''))}"
            yield f'<li><a href="#{name}">{told}</a></li>'
    yield "</ul></nav>"


def _operation(path: str, method: str, operation: Mapping[str, Any], document: Mapping[str, Any]) -> Iterator[str]:
    name = escape(operation["operationId"])
    yield f'<section aria-labelledby="{name}"><h2 id="{name}"><code>{method.upper()} {escape(path)}</code></h2>'
    yield f"<p>{escape(operation.get('summary', ''))}. {_text(operation.get('description', ''))}</p>"
    if parameters := operation.get("parameters"):
        yield "<h3>Parameters</h3><table><tr><th>name</th><th>in</th><th>type</th><th></th></tr>"
        for parameter in parameters:
            needed = ", required" if parameter.get("required") else ""
            cells = (parameter["name"], parameter["in"] + needed, _kind(parameter["schema"]))
            described = parameter.get("description") or parameter["schema"].get("description", "")
            yield f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}<td>{_text(described)}</td></tr>"
        yield "</table>"
    for media, content in operation.get("requestBody", {}).get("content", {}).items():
        schema = _resolved(content.get("schema", {}), document)
        yield f"<h3>Body, {escape(media)}</h3>"
        yield from _fields(schema)
        for shown in schema.get("examples", [content["example"]] if "example" in content else []):
            yield _shown(shown)
    yield "<h3>Responses</h3>"
    for status, response in operation["responses"].items():
        yield f"<details><summary>{escape(status)}: {_text(response['description'])}</summary>"
        for media, content in response.get("content", {}).items():
            examples = [value["value"] for value in content.get("examples", {}).values()]
            for shown in [*examples, *([content["example"]] if "example" in content else [])]:
                yield f"<p>{escape(media)}</p>{_shown(shown)}"
        yield "</details>"
    yield "</section>"


def _fields(schema: Mapping[str, Any]) -> Iterator[str]:
    if not schema.get("properties"):
        return
    yield "<table><tr><th>field</th><th>type</th><th></th></tr>"
    for name, field in schema["properties"].items():
        kind = _kind(field) + (", required" if name in schema.get("required", ()) else "")
        yield f"<tr><td>{escape(name)}</td><td>{escape(kind)}</td><td>{_text(field.get('description', ''))}</td></tr>"
    yield "</table>"


def _kind(schema: Mapping[str, Any]) -> str:
    """The type of a value in words, with its bounds."""
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(_kind(choice) for choice in schema["anyOf"]))
    if "enum" in schema or "const" in schema:
        return " or ".join(json.dumps(value) for value in schema.get("enum", [schema.get("const")]))
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    kind = f"list of {_kind(schema.get('items', {}))}" if schema.get("type") == "array" else schema.get("type", "any")
    low, high = schema.get("minimum"), schema.get("maximum")
    return str(kind) if low is None or high is None else f"{kind}, {low:g} to {high:g}"


def _resolved(schema: Mapping[str, Any], document: Mapping[str, Any]) -> Mapping[str, Any]:
    if "$ref" not in schema:
        return schema
    found: Mapping[str, Any] = document["components"]["schemas"][str(schema["$ref"]).rpartition("/")[2]]
    return found


def _shown(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=1)
    return f"<pre>{escape(text)}</pre>"


def _text(text: str) -> str:
    """Text with its `code` marked."""
    parts = escape(text).split("`")
    return "".join(f"<code>{part}</code>" if number % 2 else part for number, part in enumerate(parts))
