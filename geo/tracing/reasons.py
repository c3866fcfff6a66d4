"""Why an area is not proposed, and why a site has no proposal: stable codes and their words.

The words are those of the command line; the messages `outlines.reason.<code>` of the language
files have the same placeholders.
"""

from types import MappingProxyType

LEFT_OUT = MappingProxyType(
    {
        "broken": "no sound outline",
        "outside_box": "outside the box",
        "too_large": "larger than any site can be",
        "too_small": "smaller than any site can be",
        "too_detailed": "more corners than can be drawn",
        "too_far": "too far from where the site is known to be",
        "other_name": "another name",
        "refused": "refused before",
        "more": "less likely than those shown",
    }
)
"""Code -> what is wrong with an area that was found and is not proposed."""

UNFIT = MappingProxyType(
    {
        **LEFT_OUT,
        "no_selector": "the selectors have no tags and box for this site",
        "no_place": "nobody knows where the site is, so that nothing can be compared",
        "altered": "the outline is not the one that was measured",
    }
)
"""Code -> why a proposal cannot be taken over now."""

REASONS = MappingProxyType(
    {
        "no_selector": "the selectors have no row for this site",
        "not_selectable": "no one outline can be chosen: {note_en}",
        "traced": "it already has a true outline; name the site to look for another",
        "no_place": "nobody knows where it is, so that nothing can be compared",
        "not_asked": "OpenStreetMap was not asked: {why}",
        "nothing_found": "OpenStreetMap has no area with these tags in the box",
        "all_left_out": "{count} area(s) found, none fits: {reasons}",
    }
)
"""Code -> why a site has no proposal."""
