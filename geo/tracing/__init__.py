"""True outlines of the sites, taken over from OpenStreetMap after a person has looked at them.

`propose` finds what may be a site's outline, a person looks, `accept` writes it into the dataset
and `refuse` keeps it from being proposed again. Nothing is taken over without a person.
"""

from geo.tracing import next_steps
from geo.tracing.acceptance import ACCURACY_M, accept
from geo.tracing.choices import chosen
from geo.tracing.fitting import is_outline_of, remeasured
from geo.tracing.proposal_file import (
    FOLDER,
    is_written,
    prepare,
    read_proposals,
    write_proposals,
)
from geo.tracing.proposals import Match, Proposal, Proposals
from geo.tracing.proposing import Ask, propose
from geo.tracing.reasons import REASONS
from geo.tracing.refusal import refuse
from geo.tracing.selectors import Selector, overpass_query, read_selectors

__all__ = [
    "ACCURACY_M",
    "FOLDER",
    "REASONS",
    "Ask",
    "Match",
    "Proposal",
    "Proposals",
    "Selector",
    "accept",
    "chosen",
    "is_outline_of",
    "is_written",
    "next_steps",
    "overpass_query",
    "prepare",
    "propose",
    "read_proposals",
    "read_selectors",
    "refuse",
    "remeasured",
    "write_proposals",
]
