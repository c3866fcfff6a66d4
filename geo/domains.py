"""The closed lists of values of the dataset. Their order is the order of every list on screen."""

PARK_TYPES = (
    "industrial",
    "innovation",
    "research_education",
    "historical_cultural",
    "medical",
    "sport",
)
PROJECT_KINDS = ("industrial", "research_education", "social", "infrastructure")
STATUSES = ("completed", "running", "planned", "suspended")
SITE_STATUS_WORDS = ("operating", "under_construction", "planned", "suspended")
PROJECT_STATUS_WORDS = ("implemented", "in_progress", "planned", "postponed")
ROADMAP_STATUS_WORDS = ("implemented", "now", "postponed")
STATUS_OF_WORD = {
    "operating": "completed",
    "implemented": "completed",
    "under_construction": "running",
    "in_progress": "running",
    "now": "running",
    "planned": "planned",
    "suspended": "suspended",
    "postponed": "suspended",
}
"""The sources' words for a state, and the one word that the Atlas uses for filters."""

ORGANISATION_KINDS = (
    "university",
    "ministry",
    "corporation",
    "company",
    "research_institute",
    "hospital",
    "authority",
)
GEOMETRY_METHODS = (
    "surveyed",
    "traced",
    "hull_of_points",
    "disc_of_area",
    "point",
    "address",
    "street",
    "settlement",
    "position_of_site",
    "unknown",
)
TRUE_OUTLINES = ("surveyed", "traced")
"""Methods whose polygon is the thing itself; any other polygon is a guess, drawn as one."""

DERIVED_OUTLINES = ("hull_of_points", "disc_of_area")
ALIAS_KINDS = ("abbreviation", "former_name", "other_name")
ALIASED_TYPES = (
    "site",
    "project",
    "organisation",
    "park",
    "direction",
    "cluster",
    "settlement",
)
"""Types of object that may have further names; each is a table of the dataset, in the plural."""

PUBLIC_ACCESS = ("free", "restricted", "closed", "unknown")
INVESTMENT_BOUNDS = ("exact", "at_least", "at_most", "planned")
STATEMENTS = (
    "goal",
    "directions",
    "money",
    "participants",
    "instruments",
    "roadmap",
    "areas",
    "clusters",
    "workplaces",
    "projects",
)
"""The ten statements of the programme, in the order of the page About the programme."""
