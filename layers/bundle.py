"""Many script modules as one script, for a page that can ask nobody for files.

It knows the few forms in which the modules of this project import and export, and refuses others.
"""

import posixpath
import re
from collections.abc import Mapping

from geo.errors import GeoError
from layers import assets

_IMPORT = re.compile(r"^import \{([^}]*)\} from \"(\.[^\"]+)\";\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|class)\b)", re.MULTILINE)
_EXPORTED = re.compile(r"^export (?:async )?(?:function|const|class) (\w+)", re.MULTILINE)
_OTHER = re.compile(r"^(?:import|export)\b.*|\bimport\(", re.MULTILINE)


class BundleError(GeoError, ValueError):
    """A module that cannot stand in a bundle."""


def bundle(entry: str, *, instead: Mapping[str, str] | None = None) -> str:
    """Return a module and all it imports as the text of one module script.

    Parameters
    ----------
    entry
        Module of the static folder, such as "offline/main.js".
    instead
        Names that all modules find in place of the browser's own, such as `fetch`, with the module
        that exports each.

    Raises
    ------
    BundleError
        If a module imports or exports in a form that is not known here, or imports in a circle.
    """
    parts: list[str] = []
    done: dict[str, str] = {}
    for name, module in (instead or {}).items():
        _add(module, done, (), parts)
        parts.append(f"const {name} = {done[module]}.{name};\n")
    _add(entry, done, (), parts)
    # import.meta names the file of a module, which is the page here.
    return '"use strict";\n' + "".join(parts).replace("import.meta.url", "document.baseURI")


def _add(module: str, done: dict[str, str], above: tuple[str, ...], parts: list[str]) -> None:
    if module in above:
        raise BundleError(f"imports in a circle: {' > '.join((*above, module))}")
    if module in done:
        return
    text = assets.text(module)
    for _, address in _IMPORT.findall(text):
        _add(_path(module, address), done, (*above, module), parts)
    names = _EXPORTED.findall(text)
    body = _IMPORT.sub(lambda found: _taken(module, found, done), text)
    body = _EXPORT.sub("", body)
    if left := _OTHER.search(body):
        raise BundleError(f"{module}: cannot be bundled: {left[0]}")
    done[module] = f"module_{len(done)}"
    parts.append(
        f"// {module}\nconst {done[module]} = (() => {{\n{body}return {{ {', '.join(names)} }};\n"
        "})();\n"
    )


def _path(module: str, address: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(module), address))


def _taken(module: str, found: re.Match[str], done: Mapping[str, str]) -> str:
    names = found[1].replace(" as ", ": ")
    return f"const {{{names}}} = {done[_path(module, found[2])]};\n"
