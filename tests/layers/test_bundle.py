from collections.abc import Callable

import pytest

from layers import assets
from layers.bundle import BundleError, bundle

Modules = Callable[[dict[str, str]], None]


@pytest.fixture
def modules(monkeypatch: pytest.MonkeyPatch) -> Modules:
    def give(texts: dict[str, str]) -> None:
        monkeypatch.setattr(assets, "text", texts.__getitem__)

    return give


def test_what_is_imported_stands_before_and_under_the_name_it_is_given(modules: Modules) -> None:
    modules(
        {
            "a/main.js": 'import { one as two, three } from "../b/part.js";\ntwo(three);\n',
            "b/part.js": "export const three = 3;\nexport function one() {}\nfunction own() {}\n",
        }
    )
    text = bundle("a/main.js")
    assert text.index("const three = 3") < text.index("two(three)")
    assert "return { three, one };" in text
    assert "const { one: two, three } = module_0;" in text
    assert "import" not in text
    assert "export" not in text


def test_a_module_that_several_import_stands_once(modules: Modules) -> None:
    modules(
        {
            "main.js": 'import { a } from "./a.js";\nimport { c } from "./c.js";\n',
            "a.js": 'import { c } from "./c.js";\nexport const a = c;\n',
            "c.js": "export const c = 1;\n",
        }
    )
    assert bundle("main.js").count("const c = 1;") == 1


def test_names_are_replaced_for_all_modules_after_theirs(modules: Modules) -> None:
    modules({"main.js": 'fetch("/x");\n', "own.js": "export function fetch() {}\n"})
    text = bundle("main.js", instead={"fetch": "own.js"})
    assert text.index("const fetch = module_0.fetch;") < text.index('fetch("/x")')


@pytest.mark.parametrize(
    "text",
    [
        'import all from "./c.js";\n',
        'import * as all from "./c.js";\n',
        "export default 1;\n",
        'const late = await import("./c.js");\n',
    ],
)
def test_other_forms_are_refused(modules: Modules, text: str) -> None:
    modules({"main.js": text, "c.js": ""})
    with pytest.raises(BundleError, match=r"main\.js: cannot be bundled"):
        bundle("main.js")


def test_a_circle_is_refused(modules: Modules) -> None:
    modules({"a.js": 'import { b } from "./b.js";\n', "b.js": 'import { a } from "./a.js";\n'})
    with pytest.raises(BundleError, match=r"a\.js > b\.js > a\.js"):
        bundle("a.js")
