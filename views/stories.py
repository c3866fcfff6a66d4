"""The page Stories: six of them; each step has a picture of its place and leads into the map."""

from markupsafe import Markup

from geo.dataset import Dataset, shared
from geo.query import Query, apply
from layers.locale import Translator
from layers.map_picture import SIZE, address, label
from layers.stories import Step, Story, stories
from views import markup
from views.language import translator as current_translator


def head(told: tuple[Story, ...], translator: Translator) -> Markup:
    """Return title, introduction, and the way to each story."""
    t = translator.t
    return Markup(
        '<header><h1>{}</h1><p class="lead">{}</p><p class="aside">{}</p>'
        '<nav class="contents" aria-label="{}">{}</nav></header>'
    ).format(
        t("stories.title"),
        t("stories.lead"),
        t("stories.facts"),
        t("stories.contents"),
        markup.each(
            '<a href="#{}" target="_self">{}{}</a>',
            (
                (story.park, markup.disc(story.park, translator), t(f"park.{story.park}"))
                for story in told
            ),
        ),
    )


def told_story(story: Story, dataset: Dataset, translator: Translator) -> Markup:
    """Return one story."""
    return markup.section(
        story.park,
        story.title,
        story.lead,
        Markup('<ol class="cards steps">{}</ol>').format(
            Markup("").join(_step(step, dataset, translator) for step in story.steps)
        ),
    )


def _step(step: Step, dataset: Dataset, translator: Translator) -> Markup:
    # The link is laid over the whole card: the picture leads to the map as well.
    return Markup('<li class="card">{}<h3>{}</h3><p>{}</p><p>{}</p></li>').format(
        _picture(step, dataset, translator),
        step.title,
        step.text,
        markup.to_map(step.link, translator.t("stories.step.label", title=step.title), translator),
    )


def _picture(step: Step, dataset: Dataset, translator: Translator) -> Markup:
    query, _ = Query.from_params(step.link, dataset)
    width, height = SIZE
    return Markup(
        '<img class="locator" src=".{}" alt="{}" width="{}" height="{}" loading="lazy">'
    ).format(
        address(step.link, translator, dataset.release),
        label(dataset, apply(query, dataset, lang=translator.lang), translator),
        round(width),
        round(height),
    )


def draw(translator: Translator) -> None:
    """Draw the page."""
    dataset = shared()
    told = stories(dataset, translator)
    markup.draw(head(told, translator), *(told_story(story, dataset, translator) for story in told))


draw(current_translator())
