"""The page Sources and data quality: where the facts come from and how far they can be trusted."""

from markupsafe import Markup

from geo.dataset import Dataset, shared
from geo.quality import sources
from layers.locale import Translator
from views import catalogue, markup, quality
from views.checks import draw_checks
from views.language import translator as current_translator

_SECTIONS = ("catalogue", "licences", "completeness", "precision", "doubts", "checks", "origin")


def head(dataset: Dataset, translator: Translator) -> Markup:
    """Return title, introduction, a few counts, how to cite, and the contents of the page."""
    t, number = translator.t, translator.number
    figures = [
        (t("sources.release"), Markup("<code>{}</code>").format(dataset.release)),
        (t("sources.objects"), number(len(dataset.rows))),
        (t("sources.placed"), number(int(dataset.rows.geometry.notna().sum()))),
        (t("sources.hosts"), number(len(sources(dataset)))),
    ]
    retrieved = max(entry.retrieved for entry in dataset.catalog)
    return Markup(
        '<header><h1>{}</h1><p class="lead">{}</p><dl class="figures">{}</dl>'
        '<p class="aside">{}</p><p><a href="/offline" download>{}</a>: {}</p>'
        '<h2 class="cite-title">{}</h2><p class="cite">{}</p>'
        '<nav class="contents" aria-label="{}">{}</nav></header>'
    ).format(
        t("sources.title"),
        t("sources.lead"),
        markup.each("<div><dt>{}</dt><dd>{}</dd></div>", figures),
        t("sources.release.help"),
        t("sources.offline"),
        t("sources.offline.help"),
        t("sources.cite"),
        t("sources.cite.text", release=dataset.release, date=translator.date(retrieved)),
        t("sources.contents"),
        markup.each(
            '<a href="#{}" target="_self">{}</a>',
            ((name, t(f"sources.{name}")) for name in _SECTIONS),
        ),
    )


def draw(dataset: Dataset, translator: Translator) -> None:
    """Draw the page."""
    markup.draw(head(dataset, translator), catalogue.files(dataset, translator))
    catalogue.draw_tables(dataset, translator)
    markup.draw(
        catalogue.licences(dataset, translator),
        quality.completeness(dataset, translator),
        quality.precision(dataset, translator),
        quality.doubts(dataset, translator),
    )
    draw_checks(dataset, translator)
    markup.add(quality.origin(dataset, translator))


draw(shared(), current_translator())
