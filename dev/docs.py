"""README.rst and index.html of each addon, from its manifest and readme fragments.

The OCA's own generator is not published as a package; this one keeps to its
anatomy, so that the OCA's can take over.
"""

import ast

from docutils.core import publish_string

SECTIONS = (
    ("CONTEXT", "Use Cases / Context"),
    ("INSTALL", "Installation"),
    ("CONFIGURE", "Configuration"),
    ("USAGE", "Usage"),
    ("ROADMAP", "Known issues / Roadmap"),
    ("HISTORY", "Changelog"),
)
NOTICE = ".. This file is generated from the folder readme/ by `make docs`."
CREDITS = """\
Bug Tracker
===========

Bugs are tracked on `GitHub Issues <{website}/issues>`__. In case of trouble, please
check there if your issue has already been reported.

Credits
=======

Authors
~~~~~~~

{authors}

Contributors
~~~~~~~~~~~~

{contributors}

Maintainers
~~~~~~~~~~~

This module is part of the `{repository} <{website}/tree/{series}/{module}>`__ project.
"""


def write(addon):
    """Write the documentation of an addon.

    :param addon: its folder, a Path
    """
    for path, text in pages(addon).items():
        path.write_text(text)


def outdated(addon):
    """Return the files of an addon's documentation that are not what it would be."""
    return [
        path
        for path, text in pages(addon).items()
        if not path.exists() or path.read_text() != text
    ]


def pages(addon):
    """Return the text of each generated file, by path."""
    readme = build_readme(addon)
    return {
        addon / "README.rst": readme,
        addon / "static" / "description" / "index.html": build_html(readme),
    }


def build_readme(addon):
    """Return the README of an addon, in reStructuredText."""
    manifest = ast.literal_eval((addon / "__manifest__.py").read_text())
    title = manifest["name"]
    parts = [NOTICE, heading(title), ".. contents::\n   :local:"]
    parts.insert(2, fragment(addon, "DESCRIPTION"))
    for name, section in SECTIONS:
        text = fragment(addon, name)
        if text:
            parts += [f"{section}\n{'=' * len(section)}", text]
    parts.append(credits(addon, manifest))
    return "\n\n".join(part.strip() for part in parts) + "\n"


def heading(title):
    """Return the title of a document."""
    line = "=" * len(title)
    return f"{line}\n{title}\n{line}"


def fragment(addon, name):
    """Return the text of a readme fragment, '' without it."""
    path = addon / "readme" / f"{name}.rst"
    return path.read_text().strip() if path.exists() else ""


def credits(addon, manifest):
    """Return the closing sections, which say whose work it is."""
    authors = [name.strip() for name in manifest["author"].split(",")]
    return CREDITS.format(
        website=manifest["website"],
        repository=manifest["website"].partition("github.com/")[2],
        series=".".join(manifest["version"].split(".")[:2]),
        module=addon.name,
        authors="\n".join(f"* {name}" for name in authors),
        contributors=fragment(addon, "CONTRIBUTORS"),
    )


def build_html(readme):
    """Return the page that Odoo shows in its list of apps."""
    settings = {
        "embed_stylesheet": True,
        "halt_level": 2,  # a warning is an error in the fragments
        "syntax_highlight": "none",
        "xml_declaration": False,
    }
    html = publish_string(
        readme, writer_name="html4css1", settings_overrides=settings
    ).decode()
    return "\n".join(line.rstrip() for line in html.splitlines()) + "\n"
