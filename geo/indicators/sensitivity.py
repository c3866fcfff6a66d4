"""What a result owes to choices: one choice changed at a time, the widest change named."""

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from geo.errors import IndicatorError


def sensitivity(
    compute: Callable[..., float],
    *,
    base: Mapping[str, object],
    variants: Mapping[str, Sequence[object]],
) -> pd.DataFrame:
    """Return the least and most value for every choice, the others held at their base.

    Parameters
    ----------
    compute
        Called with every choice as a keyword.
    base
        The choice that is published, by name.
    variants
        Other values of some choices: thresholds 100 m less and more, two walking speeds, borders,
        population products.

    Returns
    -------
    DataFrame
        Indexed by choice, widest first: `base`, `low`, `high`, `spread`, and `low_at`, `high_at`
        (the variants as text), and `variants` (all others than the base, as text).

    Raises
    ------
    IndicatorError
        If a variant is of a choice that has no base.
    """
    strange = sorted(variants.keys() - base.keys())
    if strange:
        raise IndicatorError(f"no base value for {', '.join(strange)}")
    published = compute(**base)
    rows = {}
    for name, others in variants.items():
        found = [(published, str(base[name]))]
        found += [(compute(**{**base, name: other}), str(other)) for other in others]
        low, high = min(found), max(found)
        rows[name] = {
            "base": published,
            "low": low[0],
            "high": high[0],
            "spread": high[0] - low[0],
            "low_at": low[1],
            "high_at": high[1],
            "variants": tuple(str(other) for other in others),
        }
    table = pd.DataFrame.from_dict(rows, orient="index")
    table.index.name = "choice"
    return table.sort_values("spread", ascending=False, kind="stable")
