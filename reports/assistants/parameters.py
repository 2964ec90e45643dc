"""What the tools are asked with: each parameter with what it means, as an assistant reads it."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from classifiers.tracks import TRACKS
from reports.scope import Level

TheArea = Annotated[
    str, Field(description="A city, region, country or wider area such as EMEA, a metropolitan area, remote, or world.")
]
TheCompany = Annotated[str, Field(description="A company, or the beginning of its name.")]
AnArea = Annotated[str | None, Field(description="An area as in tool area; everywhere, if none.")]
ACompany = Annotated[str | None, Field(description="A company instead of an area.")]
TheTrack = Annotated[str, Field(description=f"One of the six: {', '.join(track.name for track in TRACKS)}.")]
ATrack = Annotated[str | None, Field(description="Only this track, one of the six.")]
OfLevel = Annotated[Level | None, Field(description="Only postings of this level.")]
IsRemote = Annotated[bool, Field(description="Only jobs that can be done remotely.")]
Since = Annotated[date | None, Field(description="Only what was published on this day or later.")]
Until = Annotated[date | None, Field(description="Only what was published on this day or before.")]
Kilometres = Annotated[float | None, Field(gt=0, lt=20_100, description="Reach around a city, in kilometres.")]
