"""Images and clips, encoded anew: a reader's browser never decodes the bytes of a data set."""

import io

import numpy as np
import soundfile
from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from benchmarks.report.embedding import CLIP, IMAGE, encoded_clip, encoded_image
from benchmarks.viewer.guard import DRAWING_POLICY
from benchmarks.viewer.house import house_of
from benchmarks.viewer.index.rows import media_of
from benchmarks.viewer.pages.finding import found_run
from jury.errors import InputError
from jury.media import MediaStore
from jury.records import MediaRef

#: Longest edge of a shown image in pixels, and bars of a waveform.
EDGE, BARS = 1280, 120

#: What a medium is, is in its address, so a browser may keep it.
_KEPT = {"cache-control": "private, max-age=86400, immutable"}


def run_media(request: Request) -> Response:
    """An image or clip of a run's cases."""
    at = found_run(request)
    found = at.index.rows("SELECT record FROM media WHERE sha256 = ?", (request.path_params["sha256"],))
    if not found:
        raise HTTPException(404, "No case of this run has such an image or clip.")
    return _served(request, MediaRef.from_json(found[0]["record"]), at.run.media)


def trial_media(request: Request) -> Response:
    """An image or clip of a trial with people."""
    place = house_of(request).catalogue.trials.get(request.path_params["trial"])
    refs = {ref.sha256: ref for ref in media_of(place.trial.transcript.case)} if place else {}
    ref = refs.get(request.path_params["sha256"])
    if place is None or ref is None:
        raise HTTPException(404, "This trial has no such image or clip.")
    return _served(request, ref, place.media)


def _served(request: Request, ref: MediaRef, store: MediaStore) -> Response:
    try:
        data = store.read(ref)
        image = ref.mime.startswith("image/")
        if request.url.path.endswith("/waveform"):
            headers = {**_KEPT, "content-security-policy": DRAWING_POLICY}
            return Response(_waveform(data), media_type="image/svg+xml", headers=headers)
        shown = encoded_image(data, EDGE) if image else encoded_clip(data)
    except (InputError, soundfile.LibsndfileError):
        raise HTTPException(404, "Its file is missing from the run's folder, or was altered.") from None
    return _in_part(request, shown, IMAGE if image else CLIP)


def _in_part(request: Request, data: bytes, mime: str) -> Response:
    """The bytes, or the one range of them that is asked for, so that a clip can be wound forward."""
    headers = {**_KEPT, "accept-ranges": "bytes"}
    wanted = request.headers.get("range", "")
    first, _, last = wanted.removeprefix("bytes=").partition("-")
    if not (wanted.startswith("bytes=") and first.isdecimal() and (last == "" or last.isdecimal())):
        return Response(data, media_type=mime, headers=headers)
    start, end = int(first), min(int(last or len(data)), len(data) - 1)
    if start > end:
        return Response(status_code=416, headers={"content-range": f"bytes */{len(data)}"})
    headers["content-range"] = f"bytes {start}-{end}/{len(data)}"
    return Response(data[start : end + 1], 206, media_type=mime, headers=headers)


def _waveform(data: bytes) -> str:
    """How loud a clip is along its length, as bars about a middle line."""
    with soundfile.SoundFile(io.BytesIO(data)) as clip:
        size = max(1, -(-len(clip) // BARS))
        loud = np.array(
            [float(np.abs(block).max(initial=0.0)) for block in clip.blocks(blocksize=size, dtype="float32")]
        )
    high = float(loud.max(initial=0.0)) or 1.0
    bars = (
        Markup('<rect x="{}" y="{:.1f}" width="3" height="{:.1f}" rx="1"/>').format(
            5 * at, 32 - 30 * one, max(1.0, 60 * one)
        )
        for at, one in enumerate(loud / high)
    )
    return str(
        Markup(
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} 64" width="{0}" height="64" preserveAspectRatio="none">'
            '<g fill="#5791b3">{1}</g></svg>'
        ).format(5 * BARS, Markup("").join(bars))
    )
