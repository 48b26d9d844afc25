"""Numbers are registered, stopped, followed again, deleted; their carriers and tags are changed."""

from collections.abc import Callable
from typing import Any, Final

from mock_api.carriers.seventeentrack import account, pushes
from mock_api.carriers.seventeentrack import refusals as no
from mock_api.carriers.seventeentrack.account import TOLD, Note
from mock_api.carriers.seventeentrack.providers import PROVIDERS, detected
from mock_api.carriers.seventeentrack.refusals import Rejected
from mock_api.carriers.seventeentrack.requests import (
    CarrierChange,
    InfoChange,
    Numbered,
    Registration,
    Shape,
    one_by_one,
)
from mock_api.carriers.seventeentrack.words import NAME
from mock_api.kernel.carrier_route import CarrierSandbox
from mock_api.kernel.sandbox import Sandbox
from simulator import World
from simulator.trackers.model import Tracker

CHANGES_MOST: Final = 5
"""Of a number's carrier; as a public integration counts them."""


async def register(sandbox: CarrierSandbox, wishes: list[Registration]) -> Shape:
    """Each accepted number costs one of the quota, and is followed from now on."""
    return one_by_one(wishes, lambda wish: _register(sandbox, wish))


def _register(sandbox: Sandbox, wish: Registration) -> Shape:
    number = wish.require_number()
    key = _carrier_of(wish, number)
    if next(account.registered(sandbox.world, number, key), None):
        raise Rejected(no.ALREADY_REGISTERED, number)
    if account.is_spent(sandbox):
        raise Rejected(no.QUOTA_SPENT)
    told = {name: value for name in TOLD if (value := getattr(wish, name))}
    final = {Note.FINAL_KEY: str(wish.final_carrier)} if wish.final_carrier else {}
    notes = {Note.KEY: str(key), **final, **told}
    sandbox.world.trackers.add(NAME, number, _code_of(key), notes)
    # What 1 means, no public source says; every quoted answer has it.
    again = {name: told.get(name) for name in ("email", "tag", "lang")}
    return {"origin": 1, "number": number, "carrier": key, **again}


def _carrier_of(wish: Registration, number: str) -> int:
    key = wish.carrier or (None if wish.auto_detection is False else detected(number))
    if key is None:
        raise Rejected(no.NOT_DETECTED)
    if key not in PROVIDERS:
        raise Rejected(no.BAD_CARRIER, key)
    _require_last_mile(wish.final_carrier, key)
    return key


def _require_last_mile(final_key: int | None, key: int) -> None:
    if not final_key:
        return
    if final_key not in PROVIDERS:
        raise Rejected(no.BAD_CARRIER, final_key)
    if not PROVIDERS[key].is_postal:
        raise Rejected(no.NOT_POSTAL)


def _code_of(key: int) -> str:
    """That carrier in this world, if it is one of it."""
    return next(iter(PROVIDERS[key].carriers), "")


async def stoptrack(sandbox: CarrierSandbox, wishes: list[Numbered]) -> Shape:
    """What is known stays; nothing new is learnt."""

    def stop(tracker: Tracker) -> None:
        if tracker.is_stopped:
            raise Rejected(no.NOT_TRACKED)
        trackers = sandbox.world.trackers
        trackers.change(tracker.id, notes={Note.STOPPED: account.BY_REQUEST})
        trackers.stop(tracker.id)

    return _each(sandbox, wishes, stop)


async def retrack(sandbox: CarrierSandbox, wishes: list[Numbered]) -> Shape:
    """Free of charge, and once for each number."""

    def resume(tracker: Tracker) -> None:
        if not tracker.is_stopped:
            raise Rejected(no.NOT_STOPPED)
        if Note.RETRACKED in tracker.notes:
            raise Rejected(no.RETRACKED_BEFORE)
        notes = {Note.RETRACKED: "1", Note.ASKED_AT: str(sandbox.world.now)}
        trackers = sandbox.world.trackers
        trackers.change(tracker.id, notes=notes, without=[Note.STOPPED])
        trackers.resume(tracker.id)

    return _each(sandbox, wishes, resume)


async def deletetrack(sandbox: CarrierSandbox, wishes: list[Numbered]) -> Shape:
    """Forgotten, and not paid back."""

    def remove(tracker: Tracker) -> None:
        trackers = sandbox.world.trackers
        trackers.change(tracker.id, notes={Note.DELETED: "1"})
        trackers.remove(tracker.id)

    return _each(sandbox, wishes, remove)


def _each(sandbox: Sandbox, wishes: list[Numbered], act: Callable[[Tracker], None]) -> Shape:
    def one(wish: Numbered) -> Shape:
        tracker = required(sandbox.world, wish)
        act(tracker)
        return _accepted(tracker)

    return one_by_one(wishes, one)


def required(world: World, wish: Numbered) -> Tracker:
    """The oldest that is meant; rejected, if none is registered."""
    number = wish.require_number()
    found = next(account.registered(world, number, wish.carrier), None)
    if found is None:
        raise Rejected(no.NOT_REGISTERED, number)
    return found


def _accepted(tracker: Tracker) -> Shape:
    return {"number": tracker.number, "carrier": int(tracker.notes[Note.KEY])}


# Changes.


async def changecarrier(sandbox: CarrierSandbox, wishes: list[CarrierChange]) -> Shape:
    """Another carrier is asked from now on, or another one for the last mile."""
    return one_by_one(wishes, lambda wish: _change_carrier(sandbox, wish))


def _change_carrier(sandbox: Sandbox, wish: CarrierChange) -> Shape:
    tracker = _to_change(sandbox.world, wish)
    changes = int(tracker.notes.get(Note.CHANGES, "0"))
    if tracker.is_stopped:
        raise Rejected(no.CHANGE_OF_STOPPED)
    if changes >= CHANGES_MOST:
        raise Rejected(no.TOO_MANY_CHANGES)
    key = _new_key(sandbox.world, tracker, wish)
    _require_last_mile(wish.final_carrier_new, key)
    if account.is_awaited(tracker, account.shown_of(sandbox.world, tracker)):
        raise Rejected(no.CHANGE_TOO_EARLY)
    notes = {
        Note.KEY: str(key),
        Note.CHANGES: str(changes + 1),
        Note.ASKED_AT: str(sandbox.world.now),
    }
    if wish.final_carrier_new:
        notes[Note.FINAL_KEY] = str(wish.final_carrier_new)
    sandbox.world.trackers.change(tracker.id, _code_of(key), notes)
    pushes.tell_updated(sandbox, tracker)
    return _accepted(tracker)


def _to_change(world: World, wish: CarrierChange) -> Tracker:
    number = wish.require_number()
    everybody = list(account.registered(world, number))
    those = list(account.registered(world, number, wish.carrier_old))
    if not everybody:
        raise Rejected(no.NOT_REGISTERED, number)
    if not those:
        raise Rejected(no.WRONG_OLD_CARRIER, number)
    if len(those) > 1:
        raise Rejected(no.SEVERAL_CARRIERS)
    return those[0]


def _new_key(world: World, tracker: Tracker, wish: CarrierChange) -> int:
    present = int(tracker.notes[Note.KEY])
    if not wish.carrier_new:
        if not wish.final_carrier_new:
            raise Rejected(no.NO_NEW_CARRIER)
        return present
    if wish.carrier_new not in PROVIDERS:
        raise Rejected(no.BAD_NEW_CARRIER, wish.carrier_new)
    if wish.carrier_new == present and not wish.final_carrier_new:
        raise Rejected(no.SAME_CARRIER)
    taken = next(account.registered(world, tracker.number, wish.carrier_new), tracker)
    if taken is not tracker:
        raise Rejected(no.CHANGE_TO_REGISTERED, tracker.number)
    return wish.carrier_new


async def changeinfo(sandbox: CarrierSandbox, wishes: list[InfoChange]) -> Shape:
    """Another tag, order number, language."""

    def change(wish: InfoChange) -> Shape:
        tracker, told = required(sandbox.world, wish), wish.told()
        those = account.registered(sandbox.world, tracker.number, wish.carrier)
        if len(list(those)) > 1:
            raise Rejected(no.NOT_UNIQUE)
        if not told:
            raise Rejected(no.NOTHING_TO_CHANGE)
        sandbox.world.trackers.change(tracker.id, notes=told)
        return _accepted(tracker)

    return one_by_one(wishes, change)


ENDPOINTS: Final[dict[str, Callable[..., Any]]] = {
    each.__name__: each
    for each in (register, stoptrack, retrack, deletetrack, changecarrier, changeinfo)
}
