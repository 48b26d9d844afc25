"""The picture of a sweep: well-formed, self-contained, with every variant in its place."""

import re
from xml.etree import ElementTree as ET

import pytest

from scenarios.sweeping.figures import Sweep, figures_of
from scenarios.sweeping.outcome import Outcome
from scenarios.sweeping.plot import check_plot, picture, write_plot
from scenarios.sweeping.refusal import CannotSweep
from scenarios.sweeping.variants import variants_of

SVG = "{http://www.w3.org/2000/svg}"


def sweep_of(slow, hits):
    """A sweep whose n-th variant has so many breaches in each of 50 runs of ten orders."""
    values = ["0h", "24h", "48h"]
    variants = variants_of(slow, [f"carrier.jt.pickup_delay={','.join(values[: len(hits)])}"])
    outcomes = [
        Outcome(
            variant.label,
            seed,
            passed=True,
            orders=10,
            breached=breached,
            breaches=(("D4", "carrier", breached),) if breached else (),
        )
        for variant, breached in zip(variants, hits, strict=True)
        for seed in range(50)
    ]
    return Sweep(slow, variants, range(50), outcomes)


@pytest.fixture
def sweep(slow):
    return sweep_of(slow, [0, 4, 10])


def test_each_share_is_drawn_where_it_is_between_the_ends_of_its_interval(sweep):
    figures = figures_of(sweep)
    drawn = ET.fromstring(picture(sweep, figures))  # noqa: S314 - our own
    dots = [float(dot.get("cx")) for dot in drawn.iter(f"{SVG}circle")]
    whiskers = [
        (float(line.get("x1")), float(line.get("x2")))
        for line in drawn.iter(f"{SVG}line")
        if line.get("class") == "whisker"
    ]
    names = [each.text for each in drawn.iter(f"{SVG}text") if each.get("class") == "name"]
    *_, width, height = map(float, drawn.get("viewBox").split())

    assert names == ["runs that failed", "orders with a breach", "D4 by the carrier"]
    assert len(dots) == len(whiskers) == 9
    assert all(
        0 <= low <= dot <= high <= width for dot, (low, high) in zip(dots, whiskers, strict=True)
    )
    assert dots[3] < dots[4] < dots[5], "0, 40 and 100 per cent"
    assert all(float(each.get("y", 0)) <= height for each in drawn.iter(f"{SVG}text"))


def test_it_says_what_was_varied_and_by_how_much_it_differs(sweep):
    drawn = picture(sweep, figures_of(sweep))
    assert "150 runs of slow.scenario.yaml; 95 % intervals; by carrier.jt.pickup_delay" in drawn
    assert "40.00% [" in drawn
    assert "+40.00% [" in drawn


def test_titles_are_words_not_markup_and_nothing_is_loaded(sweep):
    drawn = picture(sweep, figures_of(sweep))

    assert "Slow sellers &amp; their vans &lt;late&gt;" in drawn
    assert "<late>" not in drawn
    assert re.findall(r"https?://\S+?[\"']", drawn) == ['http://www.w3.org/2000/svg"']
    assert not re.search(r"<script|@import|url\(|href", drawn)


def test_an_html_page_has_the_same_picture(sweep, tmp_path):
    figures, path = figures_of(sweep), tmp_path / "sweep.html"
    write_plot(path, sweep, figures)
    page = path.read_text(encoding="utf-8")

    assert page.startswith("<!doctype html>")
    assert picture(sweep, figures) in page


def test_a_sweep_that_counted_nothing_is_drawn_too(slow):
    (variant,) = variants_of(slow, [])
    sweep = Sweep(slow, [variant], range(1), [Outcome(variant.label, 0, passed=False, error="x")])
    assert "nothing to count" in picture(sweep, figures_of(sweep))


def test_other_pictures_are_refused(tmp_path):
    with pytest.raises(CannotSweep, match=r"ends with \.svg or \.html"):
        check_plot(tmp_path / "sweep.png")
