"""What a person has chosen among the proposals."""

import re
from collections.abc import Sequence

from geo.errors import TracingError
from geo.tracing.proposals import Proposal, Proposals

_CHOICE = re.compile(r"(?:(?P<site>[a-z0-9-]+)=)?(?P<object>(?:way|relation)/\d+)")


def chosen(proposals: Proposals, choices: Sequence[str]) -> dict[str, list[Proposal]]:
    """Return the chosen proposals by site, in the order of the choices.

    Parameters
    ----------
    proposals
        What can be chosen.
    choices
        As "way/1" or, where several sites have it, "site=way/1".

    Raises
    ------
    TracingError
        If a choice is of another form, is not proposed, or leaves open for which site; names all.
    """
    found: dict[str, list[Proposal]] = {}
    faults = []
    for choice in dict.fromkeys(choices):
        parts = _CHOICE.fullmatch(choice)
        if parts is None:
            faults.append(f"`{choice}` is neither way/n, relation/n nor site=way/n")
            continue
        fitting = [
            one for one in proposals.of(parts["object"]) if parts["site"] in (None, one.site_id)
        ]
        if len(fitting) == 1:
            found.setdefault(fitting[0].site_id, []).append(fitting[0])
        elif fitting:
            sites = ", ".join(f"{one.site_id}={one.object}" for one in fitting)
            faults.append(f"`{choice}` is proposed for several sites; say which: {sites}")
        else:
            faults.append(f"`{choice}` is not among the proposals; look at them, or fetch again")
    if faults:
        raise TracingError("; ".join(faults))
    return found
