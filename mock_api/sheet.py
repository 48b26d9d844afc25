"""A page of paper to draw on: boxes, text that stays in its box, barcodes, PDF bytes.

It knows paper and ink, and nothing of what is printed. The same drawing gives the same bytes in
every process.

Pages are laid out on A6, in points; a larger paper gets the same page, scaled.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache
from io import BytesIO
from typing import Any, Final, Self
from unicodedata import category, normalize

MM: Final = 72 / 25.4
REGULAR: Final = "Helvetica"
BOLD: Final = "Helvetica-Bold"

LINE: Final = 1.16
"""Height of a line of text, in font sizes."""
BASELINE: Final = 0.88
"""How far below the top of its line a text's baseline lies, in font sizes."""
SCALES: Final = tuple(percent / 100 for percent in range(100, 25, -5))
"""By which text is shrunk until it fits;"""
SCALE_TO_BREAK_WORDS: Final = 0.6
"""from here on words are rather broken;"""
SMALLEST_SIZE: Final = 4.5
"""and what does not fit in this font size is cut short."""

DOT: Final = MM / 8
"""A label printer's, 203 to the inch."""
WIDEST_BAR: Final = 4 * DOT
QUIET_BARS: Final = 20
"""Code 128 wants ten bar widths of white at either end."""

UNDECOMPOSED: Final = dict(zip("đĐłŁıħĦŧŦŋŊ", "dDlLihHtTnN", strict=True))
"""Latin letters with a stroke, to which Unicode gives no base."""


class Paper(Enum):
    """The platform's document sizes: width and height in mm, upright."""

    A6 = (105, 148)
    A5 = (148, 210)
    A4 = (210, 297)


class LabelStock(Enum):
    """What carriers' label printers hold: width and height in mm, upright."""

    INCHES_4_BY_6 = (101.6, 152.4)


@dataclass(frozen=True, slots=True)
class Text:
    """Words to place, and the size of their font, where there is room for it."""

    words: str
    size: float
    font: str = REGULAR

    @property
    def width(self) -> float:
        return self.width_of(self.words)

    @property
    def height(self) -> float:
        return self.size * LINE

    def width_of(self, words: str) -> float:
        return self.size * _advance(words, self.font)

    def saying(self, words: str) -> "Text":
        return Text(words, self.size, self.font)

    def shrunk(self, scale: float) -> "Text":
        size = max(self.size * scale, min(self.size, SMALLEST_SIZE))
        return Text(self.words, size, self.font)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the page, from its lower left corner."""

    x: float
    y: float
    width: float
    height: float

    def inset(self, across_mm: float, down_mm: float) -> Self:
        across, down = across_mm * MM, down_mm * MM
        width, height = self.width - 2 * across, self.height - 2 * down
        return replace(self, x=self.x + across, y=self.y + down, width=width, height=height)

    def rows(self, *heights_mm: float) -> Iterator[Self]:
        """Boxes of these heights from the top down, then what is left."""
        bottom = self.y + self.height
        for height in (*(mm * MM for mm in heights_mm), self.height - sum(heights_mm) * MM):
            bottom -= height
            yield replace(self, y=bottom, height=height)

    def columns(self, *widths_mm: float) -> Iterator[Self]:
        """Boxes of these widths from the left, then what is left."""
        left = self.x
        for width in (*(mm * MM for mm in widths_mm), self.width - sum(widths_mm) * MM):
            yield replace(self, x=left, width=width)
            left += width


A6: Final = Box(0, 0, Paper.A6.value[0] * MM, Paper.A6.value[1] * MM)
AREA: Final = A6.inset(4, 4)
"""Inside the margin that label printers leave white."""


class Place(Enum):
    """Where text stands in its box."""

    TOP_LEFT = "top left"
    LEFT = "left"
    CENTRE = "centre"


class Sheet:
    """One page. What is written into a box stays in it."""

    def __init__(self, canvas: Any, scale: float) -> None:
        self._canvas = canvas
        self._dot = DOT / scale

    def frame(self, box: Box, thickness: float = 0.7) -> None:
        self._canvas.setLineWidth(thickness)
        self._canvas.rect(box.x, box.y, box.width, box.height)

    def write(self, box: Box, place: Place, *texts: Text, grey: float = 0) -> None:
        """The texts one under the other, wrapped, and shrunk together until they fit the box."""
        lines = _fitted(texts, box)
        slack = 0 if place is Place.TOP_LEFT else box.height - _height(lines)
        top = box.y + box.height - slack / 2
        self._canvas.setFillGray(grey)
        for line in lines:
            indent = (box.width - line.width) / 2 if place is Place.CENTRE else 0
            self._canvas.setFont(line.font, line.size)
            self._canvas.drawString(box.x + indent, top - line.size * BASELINE, line.words)
            top -= line.height

    def write_on_black(self, box: Box, text: Text) -> None:
        self._canvas.setFillGray(0)
        self._canvas.rect(box.x, box.y, box.width, box.height, stroke=0, fill=1)
        self.write(box.inset(1.5, 0.5), Place.CENTRE, text, grey=1)

    def barcode(self, box: Box, number: str) -> None:
        """Code 128 in the middle of the box, its quiet zones inside the box too."""
        from reportlab.graphics.barcode.code128 import Code128  # noqa: PLC0415 - see document()

        assert number.isascii(), number
        assert number.isprintable(), number
        bars = Code128(number, barWidth=1, quiet=0).width + QUIET_BARS
        width = self._bar_width(box.width / bars)
        symbol = Code128(number, barWidth=width, barHeight=box.height, quiet=0)
        self._canvas.setFillGray(0)
        symbol.drawOn(self._canvas, box.x + (box.width - symbol.width) / 2, box.y)

    def _bar_width(self, widest: float) -> float:
        """Whole dots of a label printer, which keep the bars in proportion; but all the width
        there is for a number so long that bars of a single dot would be left."""
        dots = int(min(widest, WIDEST_BAR) / self._dot + 1e-9)
        return dots * self._dot if dots > 1 else widest


Page = Callable[[Sheet], None]


def document(title: str, paper: Paper | LabelStock, pages: Sequence[Page]) -> bytes:
    """The pages as a PDF, without dates and uncompressed: its bytes depend on nothing else."""
    # A quarter of a second, which a server that prints no labels need not spend at its start.
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415

    width, height = (side * MM for side in paper.value)
    scale = min(width / A6.width, height / A6.height)
    pdf = BytesIO()
    canvas = Canvas(pdf, pagesize=(width, height), pageCompression=0, invariant=1)
    canvas.setTitle(title)
    for draw in pages:
        canvas.translate((width - A6.width * scale) / 2, (height - A6.height * scale) / 2)
        canvas.scale(scale, scale)
        draw(Sheet(canvas, scale))
        canvas.showPage()
    canvas.save()
    return pdf.getvalue()


def printable(words: str) -> str:
    """The words as Helvetica can show them, on one line.

    Helvetica, which every PDF reader has, shows the letters of Western Europe (Windows-1252). Other
    Latin letters lose their accents (``Łódź`` reads ``Lódz``), and a letter with no Latin one
    underneath, as in Thai or Chinese, reads ``?``.
    """
    return " ".join("".join(map(_shown, normalize("NFC", words))).split())


def _shown(letter: str) -> str:
    if letter.isspace():
        return " "
    if _has_glyph(letter):
        return letter
    if category(letter)[0] in "MC":
        return ""  # A mark on the letter before it, or a control character.
    plain = normalize("NFKD", UNDECOMPOSED.get(letter, letter))
    return "".join(filter(_has_glyph, plain)) or "?"


def _has_glyph(letter: str) -> bool:
    return letter.isprintable() and letter.encode("cp1252", "ignore") != b""


def _fitted(texts: Sequence[Text], box: Box) -> list[Text]:
    """The lines that the texts take in the box, as large as it allows."""
    shown = [text.saying(printable(text.words)) for text in texts]
    lines: list[Text] = []
    for scale in SCALES:
        lines = [line for text in shown for line in _wrapped(text.shrunk(scale), box.width)]
        if _height(lines) <= box.height and (
            scale <= SCALE_TO_BREAK_WORDS or _has_whole_words(lines, shown)
        ):
            return lines
    return _cut(lines, box)


def _wrapped(text: Text, width: float) -> Iterator[Text]:
    gap = text.width_of(" ")
    line, used = "", 0.0
    for word in text.words.split():
        needed = gap + text.width_of(word)
        if line and used + needed <= width:
            line = f"{line} {word}"
            used += needed
            continue
        if line:
            yield text.saying(line)
        *full, line = _pieces(text.saying(word), width)
        used = text.width_of(line)
        yield from map(text.saying, full)
    if line:
        yield text.saying(line)


def _pieces(word: Text, width: float) -> Iterator[str]:
    """A word, broken where its line is full."""
    piece, used = "", 0.0
    for letter in word.words if word.width > width else [word.words]:
        step = word.width_of(letter)
        if piece and used + step > width:
            yield piece
            piece, used = "", 0.0
        piece += letter
        used += step
    yield piece


def _cut(lines: Sequence[Text], box: Box) -> list[Text]:
    """As many lines as the box has room for, the last one with an ellipsis."""
    kept = list(lines)
    while len(kept) > 1 and _height(kept) > box.height:
        kept.pop()
    words = kept[-1].words
    while words and kept[-1].width_of(words + "…") > box.width:
        words = words[:-1]
    return [*kept[:-1], kept[-1].saying(words + "…")]


def _height(lines: Sequence[Text]) -> float:
    return sum(line.height for line in lines)


def _has_whole_words(lines: Sequence[Text], texts: Sequence[Text]) -> bool:
    shown = [line.words for line in lines]
    return " ".join(shown) == " ".join(text.words for text in texts if text.words)


@lru_cache(maxsize=10_000)
def _advance(words: str, font: str) -> float:
    from reportlab.pdfbase.pdfmetrics import stringWidth  # noqa: PLC0415 - see document()

    return float(stringWidth(words, font, 1))
