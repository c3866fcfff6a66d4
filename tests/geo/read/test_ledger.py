from geo.read.ledger import LISTED, Ledger, excerpt, shown


def test_many_warnings_of_one_code_are_counted_after_the_first():
    ledger = Ledger()
    for row in range(1, LISTED + 6):
        ledger.add("null_geometry", row)
    *listed, rest = sorted(ledger.close("f", rows_in=LISTED + 5, kept=LISTED + 5).warnings,
                           key=lambda finding: finding.code != "null_geometry")  # fmt: skip
    assert len(listed) == LISTED
    assert (rest.code, rest.values) == ("more_of_the_same", {"count": 5, "like": "null_geometry"})


def test_one_repair_of_very_many_rows_is_told_once_with_their_number():
    few, many = Ledger(), Ledger()
    for row in range(1, LISTED + 2):
        many.add("wrong_winding", row, count=1)
        if row <= LISTED:
            few.add("wrong_winding", row, count=1)
    assert len(few.close("f", rows_in=LISTED, kept=LISTED).repaired) == LISTED
    (one,) = many.close("f", rows_in=LISTED + 1, kept=LISTED + 1).repaired
    assert (one.row, one.values["count"]) == (None, LISTED + 1)


def test_drops_are_always_told_one_by_one():
    ledger = Ledger()
    for row in range(1, 3 * LISTED + 1):
        ledger.add("not_finite", row)
    assert len(ledger.close("f", rows_in=3 * LISTED, kept=0).dropped) == 3 * LISTED


def test_excerpts_are_short_and_can_be_written_anywhere():
    assert shown("a\x00\x9b\ud800b") == "a\ufffd\ufffd\ufffdb"
    assert len(shown("x" * 1_000)) == 60
    assert excerpt([1]) == "[…]"
    assert excerpt(10**5_000) == "about 10^5000"
    assert len(excerpt("я" * 1_000)) <= 62
