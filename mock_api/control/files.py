"""Sandboxes as files: carried away and brought back, branched off, remembered and gone back to.

A file holds everything, credentials too: the world's commands from its beginning, its facts, and
what is kept beside it.
"""

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse
from pydantic import Field
from starlette.background import BackgroundTask

from mock_api.control.clock import end_advance
from mock_api.control.marks import Marks
from mock_api.control.requests import LimitsDep, SandboxDep, SandboxesDep, Wish
from mock_api.control.sandboxes import shown
from mock_api.kernel.durable.copying import copy
from mock_api.kernel.durable.directory import SUFFIX
from mock_api.kernel.durable.refusals import CredentialsTaken, NotKept, NotWritable, Overtaken
from mock_api.kernel.durable.returning import Wished, take_in
from mock_api.kernel.problems import Problem, invalid
from mock_api.kernel.sandbox import Sandbox
from mock_api.kernel.sandboxes import Sandboxes
from mock_api.kernel.times import Moment
from simulator.clock import Instant
from simulator.errors import NotFound

router: Final = APIRouter(prefix="/sandboxes", tags=["files"])

MEDIA_TYPE: Final = "application/vnd.seatrial.sandbox"
_MARK: Final = "mark"
MarkName = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]{1,60}$")]
Credentials = Literal["keep", "new"]


class Fork(Wish):
    """Another sandbox with the same past, and credentials of its own."""

    at: Moment | None = None
    """As it was at that instant; left out: as it is now."""


class Marked(Wish):
    name: MarkName = _MARK


@router.get("/{sandbox_id}/file", response_class=FileResponse)
async def download(sandbox: SandboxDep) -> FileResponse:
    """The whole sandbox as one file, for ``seatrial replay`` or for another server. It has the
    sandbox's credentials in it."""
    folder = tempfile.mkdtemp(prefix="seatrial-")
    path = Path(folder, f"{sandbox.id}{SUFFIX}")

    def clear_away() -> None:
        path.unlink(missing_ok=True)
        path.parent.rmdir()

    try:
        await copy(sandbox, path)
    except NotKept as problem:
        clear_away()
        raise _unkept(problem) from None
    done = BackgroundTask(clear_away)
    return FileResponse(path, media_type=MEDIA_TYPE, filename=path.name, background=done)


@router.post("/file", status_code=HTTPStatus.CREATED)
async def upload(
    request: Request,
    sandboxes: SandboxesDep,
    limits: LimitsDep,
    credentials: Credentials = "keep",
) -> dict[str, Any]:
    """A sandbox from a file, at the instant at which it was. The body is the file."""
    async with _folder() as folder:
        path = folder / f"uploaded{SUFFIX}"
        try:
            await _received(request, path, limits.file_bytes)
        except OSError as problem:
            raise _unkept(NotWritable(folder, problem.strerror or str(problem))) from None
        wished = Wished(new_credentials=credentials == "new", within=limits)
        sandbox = await _taken_in(sandboxes, path, wished)
    return _shown(request, sandbox)


@router.post("/{sandbox_id}/fork", status_code=HTTPStatus.CREATED)
async def fork(
    request: Request, sandboxes: SandboxesDep, sandbox: SandboxDep, wanted: Fork | None = None
) -> dict[str, Any]:
    """A branch: from here on both go their own ways."""
    at = wanted.at if wanted else None
    _require_past(sandbox, at)
    async with _folder() as folder:
        path = folder / f"forked{SUFFIX}"
        await _copied(sandbox, path)
        until = None if at is None else Instant(at)
        branch = await _taken_in(sandboxes, path, Wished(new_credentials=True, until=until))
    return _shown(request, branch)


@router.post("/{sandbox_id}/snapshot", status_code=HTTPStatus.CREATED)
async def mark(
    request: Request, sandbox: SandboxDep, limits: LimitsDep, wanted: Marked | None = None
) -> dict[str, Any]:
    """Remember how everything stands, to go back to it; of the same name, the last one counts."""
    name = wanted.name if wanted else _MARK
    marks: Marks = request.app.state.marks
    names = marks.names(sandbox)
    if name not in names and len(names) >= limits.snapshots:
        told = f"this sandbox has {limits.snapshots} snapshots already: take one's name again"
        raise Problem(HTTPStatus.CONFLICT, told)
    try:
        stand, path = await marks.take(sandbox, name)
    except NotKept as problem:
        raise _unkept(problem) from None
    size = path.stat().st_size
    return {
        "name": name,
        "now": stand.now,
        "facts": stand.facts,
        "digest": stand.digest,
        "bytes": size,
    }


@router.post("/{sandbox_id}/restore")
async def restore(
    request: Request, sandboxes: SandboxesDep, sandbox: SandboxDep, wanted: Marked | None = None
) -> dict[str, Any]:
    """Everything as it stood when the snapshot was taken, credentials and all."""
    name = wanted.name if wanted else _MARK
    path = request.app.state.marks.find(sandbox, name)
    if path is None:
        raise NotFound("snapshot", name)
    await end_advance(request, sandbox.id)
    restored = await _taken_in(sandboxes, path, Wished(instead_of=sandbox))
    return _shown(request, restored)


async def _taken_in(sandboxes: Sandboxes, path: Path, wished: Wished) -> Sandbox:
    try:
        return await take_in(sandboxes, path, wished)
    except (CredentialsTaken, Overtaken) as problem:
        told = f"{problem.why}: {problem.advice}"
        raise Problem(HTTPStatus.CONFLICT, told) from None
    except NotWritable as problem:
        raise _unkept(problem) from None
    except NotKept as problem:
        told = f"this file is not taken: {problem.why}; {problem.advice}"
        raise invalid(("body", told)) from None


async def _copied(sandbox: Sandbox, path: Path) -> None:
    try:
        await copy(sandbox, path)
    except NotKept as problem:
        raise _unkept(problem) from None


def _unkept(problem: NotKept) -> Problem:
    return Problem(HTTPStatus.SERVICE_UNAVAILABLE, str(problem))


async def _received(request: Request, path: Path, most: int) -> None:
    size = 0
    with path.open("wb") as file:
        async for chunk in request.stream():
            size += len(chunk)
            if size > most:
                told = f"a sandbox's file may have {most} bytes at the most"
                raise Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, told)
            file.write(chunk)
    if not size:
        raise invalid(("body", "the sandbox's file is the body, and it is empty"))


def _require_past(sandbox: Sandbox, at: int | None) -> None:
    start, now = sandbox.config.starts_at, sandbox.world.now
    if at is not None and not start <= at <= now:
        raise invalid(("body.at", f"this world's past is from {start} to {now}"))


def _shown(request: Request, sandbox: Sandbox) -> dict[str, Any]:
    request.state.sandbox = sandbox
    return shown(sandbox)


@asynccontextmanager
async def _folder() -> AsyncIterator[Path]:
    with tempfile.TemporaryDirectory(prefix="seatrial-") as folder:
        yield Path(folder)
