"""README.rst and index.html of each addon, from its manifest and readme fragments.

The hook oca-gen-addon-readme runs it. The OCA's own generator is not published as a
package; this one keeps to its conventions, so that the OCA's bot can take over.
"""

import ast
import re
import sys
from pathlib import Path

from docutils.core import publish_string

from . import paths

SECTIONS = (
    ("CONTEXT", "Use Cases / Context"),
    ("INSTALL", "Installation"),
    ("CONFIGURE", "Configuration"),
    ("USAGE", "Usage"),
    ("DEVELOP", "Development"),
    ("ROADMAP", "Known issues / Roadmap"),
    ("HISTORY", "Changelog"),
)
# The OCA's generator replaces an index.html only if it finds its own name in it.
HEAD = """\
.. image:: https://odoo-community.org/readme-banner-image
   :target: https://odoo-community.org/get-involved?utm_source=readme
   :alt: Odoo Community Association

{line}
{title}
{line}

..
   Generated from the folder readme/ by the hook oca-gen-addon-readme. Edit the files
   there: changes made here are lost.
   source digest: {digest}

{badges}

{description}

**Table of contents**

.. contents::
   :local:
"""
TAIL = """\
Bug Tracker
===========

Bugs are tracked on `GitHub Issues <{website}/issues>`_. Before you report one there,
check whether somebody else has.

Credits
=======

Authors
-------

{authors}

Contributors
------------

{contributors}
{other_credits}
Maintainers
-----------

The OCA maintains this module.

.. image:: https://odoo-community.org/logo.png
   :target: https://odoo-community.org
   :alt: Odoo Community Association

It is part of the project `{repository} <{website}/tree/{series}/{module}>`_ on GitHub.
Contributions are welcome: https://odoo-community.org/page/Contribute tells how.
"""
BADGE = """\
.. |badge{number}| image:: {image}
    :target: {target}
    :alt: {alt}
"""
# Of each badge: its image, what it leads to, and its text.
BADGES = (
    (
        "https://img.shields.io/badge/maturity-{maturity}.png",
        "https://odoo-community.org/page/development-status",
        "{status}",
    ),
    (
        "https://img.shields.io/badge/license-{license_badge}-blue.png",
        "http://www.gnu.org/licenses/lgpl-3.0-standalone.html",
        "License: {license}",
    ),
    (
        "https://img.shields.io/badge/github-{github_badge}-lightgray.png?logo=github",
        "{website}/tree/{series}/{module}",
        "{repository}",
    ),
    (
        "https://img.shields.io/badge/weblate-Translate%20me-F47D42.png",
        "https://translation.odoo-community.org/projects/{project}/{project}-{module}",
        "Translate me on Weblate",
    ),
    (
        "https://img.shields.io/badge/runboat-Try%20me-875A7B.png",
        "https://runboat.odoo-community.org/builds?repo={repository}"
        "&target_branch={series}",
        "Try me on Runboat",
    ),
)
MATURITY = {
    "Alpha": "Alpha-red",
    "Beta": "Beta-yellow",
    "Production/Stable": "Production%2FStable-green",
    "Mature": "Mature-brightgreen",
}


def write(addon):
    """Write the documentation of an addon unless it is that of its sources.

    :param addon: its folder, a Path
    :return: whether it was written
    """
    if is_current(addon):
        return False
    for path, text in pages(addon).items():
        path.write_text(text)
    return True


def is_current(addon):
    """Return whether the documentation was generated from the sources as they are."""
    readme, index = targets(addon)
    return (
        readme.exists()
        and index.exists()
        and f"source digest: {digest(addon)}\n" in readme.read_text()
    )


def digest(addon):
    """Return what changes with each source of the documentation: this file is one."""
    fragments = sorted((addon / "readme").glob("*.md"))
    return paths.digest(Path(__file__), addon / "__manifest__.py", *fragments)


def targets(addon):
    """Return the files that are generated."""
    return addon / "README.rst", addon / "static" / "description" / "index.html"


def pages(addon):
    """Return the text of each generated file, by path."""
    readme = build_readme(addon)
    return dict(zip(targets(addon), (readme, build_html(readme)), strict=True))


def build_readme(addon):
    """Return the README of an addon, in reStructuredText."""
    manifest = ast.literal_eval((addon / "__manifest__.py").read_text())
    facts = facts_of(addon, manifest)
    parts = [HEAD.format(**facts)]
    for name, title in SECTIONS:
        text = fragment(addon, name)
        if text:
            parts.append(f"{title}\n{'=' * len(title)}\n\n{text}")
    parts.append(TAIL.format(**facts))
    return "\n\n".join(part.strip() for part in parts) + "\n"


def facts_of(addon, manifest):
    """Return what the parts around the sections name, by its placeholder."""
    facts = {
        "title": manifest["name"],
        "line": "=" * len(manifest["name"]),
        "digest": digest(addon),
        "description": fragment(addon, "DESCRIPTION"),
        "module": addon.name,
        "authors": "\n".join(f"* {name}" for name in names(manifest["author"])),
        "contributors": fragment(addon, "CONTRIBUTORS"),
        "other_credits": other_credits(fragment(addon, "CREDITS")),
        **facts_of_badges(manifest),
    }
    return {**facts, "badges": badges(facts)}


def names(authors):
    """Return the authors of a manifest as a list."""
    return [name.strip() for name in authors.split(",")]


def other_credits(text):
    """Return the section of the fragment CREDITS, '' without it."""
    title = "Other credits"
    return f"\n{title}\n{'-' * len(title)}\n\n{text}\n" if text else ""


def facts_of_badges(manifest):
    """Return what the badges name, by its placeholder."""
    website, status = manifest["website"], manifest["development_status"]
    repository = website.partition("github.com/")[2]
    series = ".".join(manifest["version"].split(".")[:2])
    return {
        "status": status,
        "maturity": MATURITY[status],
        "license": manifest["license"],
        "license_badge": manifest["license"].replace("-", "--"),
        "github_badge": repository.replace("-", "--").replace("/", "%2F"),
        "website": website,
        "repository": repository,
        "series": series,
        "project": f"{repository.partition('/')[2]}-{series.replace('.', '-')}",
    }


def badges(facts):
    """Return the badges of an addon: their definitions, and a line with all of them."""
    definitions = [
        BADGE.format(number=number, image=image, target=target, alt=alt).format(**facts)
        for number, (image, target, alt) in enumerate(BADGES, start=1)
    ]
    line = " ".join(f"|badge{number}|" for number in range(1, len(BADGES) + 1))
    return f"{''.join(definitions)}\n{line}"


def fragment(addon, name):
    """Return a readme fragment in reStructuredText, '' without it."""
    path = addon / "readme" / f"{name}.md"
    return to_rst(path.read_text()).strip() if path.exists() else ""


def to_rst(markdown):
    """Return a text in Markdown as reStructuredText."""
    # Only the environment of the hook has pandoc, which is large.
    import pypandoc

    options = ["--columns=88"]
    return pypandoc.convert_text(markdown, "rst", format="gfm", extra_args=options)


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
    # Another version of docutils is no other page.
    html = re.sub(r"(content=\"Docutils) [\d.]+", r"\1", html)
    return "\n".join(line.rstrip() for line in html.splitlines()) + "\n"


if __name__ == "__main__":
    written = [addon.name for addon in paths.addons() if write(addon)]
    if written:
        sys.exit(f"Generated the README of {', '.join(written)}: add them to git.")
