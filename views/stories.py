"""The page Stories: six of them, each step of which leads into the map."""

from markupsafe import Markup

from geo.dataset import shared
from layers.locale import Translator
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


def told_story(story: Story, translator: Translator) -> Markup:
    """Return one story."""
    return markup.section(
        story.park,
        story.title,
        story.lead,
        Markup('<ol class="cards steps">{}</ol>').format(
            Markup("").join(_step(step, translator) for step in story.steps)
        ),
    )


def _step(step: Step, translator: Translator) -> Markup:
    return Markup('<li class="card"><h3>{}</h3><p>{}</p><p>{}</p></li>').format(
        step.title,
        step.text,
        markup.to_map(step.link, translator.t("stories.step.label", title=step.title), translator),
    )


def draw(translator: Translator) -> None:
    """Draw the page."""
    told = stories(shared(), translator)
    markup.draw(head(told, translator), *(told_story(story, translator) for story in told))


draw(current_translator())
