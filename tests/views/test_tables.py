from markupsafe import Markup

from views.tables import Column, table

HOSTILE = """<img src=x onerror=alert(1)>"'${x}</script>"""


def test_values_are_escaped():
    shown = table(HOSTILE, [Column(HOSTILE), Column(HOSTILE)], [(HOSTILE, HOSTILE)])
    assert "<img" not in shown
    assert "</script>" not in shown
    # As an attribute (aria-label, data-title) and as text: caption, two heads, row name, cell.
    assert shown.count("&lt;img src=x onerror=alert(1)&gt;&#34;&#39;") == 7


def test_markup_stays():
    shown = table("t", [Column("a"), Column("b")], [("x", Markup("<b>y</b>"))])
    assert "<b>y</b>" in shown


def test_rows_and_columns_are_named():
    shown = table("Title", [Column("a"), Column("b", "number")], [("x", "1")])
    assert '<th scope="col" class="number"><span>b</span></th>' in shown
    assert '<th scope="row" class="">x</th><td class="number" data-title="b">1</td>' in shown
    assert '<caption class="heard">Title</caption>' in shown


def test_empty_table_keeps_its_heads():
    assert "<tbody></tbody>" in table("t", [Column("a")], [])
