"""A square on which a thing is drawn in hundredths of its side, whatever its size in pixels."""

import colorsys
from dataclasses import dataclass

from PIL import ImageColor, ImageDraw

Point = tuple[float, float]


@dataclass(frozen=True)
class Ink:
    """Three shades of one colour, as `#rrggbb`."""

    main: str
    dark: str
    light: str

    @classmethod
    def of(cls, colour: str) -> "Ink":
        """A colour with a darker and a lighter shade of it."""
        return cls(main=colour, dark=shade(colour, 0.68), light=shade(colour, 1.45))


def shade(colour: str, factor: float) -> str:
    """A colour made darker (factor below 1) or lighter, as `#rrggbb`; the lighter, the paler."""
    red, green, blue = (channel / 255 for channel in ImageColor.getrgb(colour)[:3])
    hue, light, full = colorsys.rgb_to_hls(red, green, blue)
    changed = light * factor if factor <= 1 else 1 - (1 - light) / factor**1.6
    channels = colorsys.hls_to_rgb(hue, changed, full)
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in channels)


@dataclass(frozen=True)
class Pad:
    """A square of `side` pixels at (`left`, `top`); x goes right and y down, from 0 to 100, and things stand on y = 100."""

    draw: ImageDraw.ImageDraw
    left: float
    top: float
    side: float

    def box(self, fill: str, x0: float, y0: float, x1: float, y1: float, *, radius: float = 0) -> None:
        """A rectangle, its corners rounded by a radius."""
        corners = (*self._at(x0, y0), *self._at(x1, y1))
        self.draw.rounded_rectangle(corners, radius=self._length(radius), fill=fill)

    def disc(self, fill: str, x: float, y: float, radius: float) -> None:
        """A filled circle around a point."""
        self.draw.ellipse((*self._at(x - radius, y - radius), *self._at(x + radius, y + radius)), fill=fill)

    def ring(self, colour: str, x: float, y: float, radius: float, width: float) -> None:
        """A circle's line, its width within the radius."""
        corners = (*self._at(x - radius, y - radius), *self._at(x + radius, y + radius))
        self.draw.ellipse(corners, outline=colour, width=max(1, round(self._length(width))))

    def shape(self, fill: str, *points: Point) -> None:
        """A polygon through points."""
        self.draw.polygon([self._at(*point) for point in points], fill=fill)

    def line(self, colour: str, width: float, *points: Point) -> None:
        """A line through points."""
        thickness = max(1, round(self._length(width)))
        self.draw.line([self._at(*point) for point in points], fill=colour, width=thickness, joint="curve")

    def _at(self, x: float, y: float) -> Point:
        return self.left + self._length(x), self.top + self._length(y)

    def _length(self, share: float) -> float:
        return share * self.side / 100
