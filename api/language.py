"""In which of the two languages a person is answered before the application has started."""

from starlette.requests import Request

from api.bodies import weigh
from layers.locale import LANGUAGES


def language_of(request: Request) -> str:
    """Return the language the address asks for, else the one the browser prefers.

    Who prefers none of ours gets English.
    """
    asked = request.query_params.get("lang", "")
    if asked in LANGUAGES:
        return asked
    weights: dict[str, float] = {}
    for tag, weight in weigh(request.headers.get("accept-language", "")).items():
        language = tag.split("-")[0]
        weights[language] = max(weight, weights.get(language, 0.0))
    preferred = max(LANGUAGES, key=lambda language: weights.get(language, 0.0))
    return preferred if weights.get(preferred) else "en"
