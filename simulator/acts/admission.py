"""What opens and shuts the platform's API: the seller's consent, and the platform's own doors."""

from simulator import admission
from simulator.acts.party import PartyActs
from simulator.commands import command


class AdmissionActs(PartyActs):
    """Commands about who may come in."""

    party = "admission"

    @command
    def authorize(self, term: int) -> None:
        """The seller lets the app act for *term* seconds from now on."""
        admission.grant(self._here, self._here.reminder, term)

    @command
    def deauthorize(self) -> None:
        """The seller takes it back: no token is good any more."""
        admission.take_back(self._here.reminder)

    @command
    def deactivate_shop(self, shop_id: str) -> None:
        self._set_shop(shop_id, out=True)

    @command
    def reactivate_shop(self, shop_id: str) -> None:
        self._set_shop(shop_id, out=False)

    @command
    def deactivate_seller(self) -> None:
        self._set_seller(out=True)

    @command
    def reactivate_seller(self) -> None:
        self._set_seller(out=False)

    def _set_shop(self, shop_id: str, *, out: bool) -> None:
        shop = self._here.shop(shop_id)
        admission.set_shop(self._here, self._here.reminder.state, shop.id, out=out)

    def _set_seller(self, *, out: bool) -> None:
        here = self._here
        shops = sum(not shop.independent for shop in here.shops.values())
        admission.set_seller(here, here.reminder.state, shops, out=out)
