"""Where goods wait abroad: one city for each country of destination, beside its parcel hub.

An address has to be real enough for a label, no more: which city it is, is ours.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Yard:
    """The site of every shop's warehouse in one country."""

    city: str
    line1: str
    postal_code: str
    phone: str
    state: str = ""


YARDS: Final = {
    "GB": Yard("Daventry", "Railport Approach", "NN6 7ES", "+44 7700 900166"),
    "US": Yard("Secaucus", "100 County Avenue", "07094", "+1 201 555 0166", "NJ"),
    "SG": Yard("Pioneer", "12 Pioneer Road", "628498", "+65 9000 0166"),
    "TH": Yard("Lak Si", "99 Chaeng Watthana Road", "10210", "+66 80 000 0166"),
    "MY": Yard("Shah Alam", "8 Persiaran Perusahaan", "40300", "+60 10 000 0166", "Selangor"),
    "PH": Yard("Pasay", "21 Domestic Road", "1300", "+63 910 000 0166", "Metro Manila"),
    "VN": Yard("Tan Binh", "45 Cong Hoa", "72100", "+84 90 000 0166"),
    "ID": Yard("Jakarta Timur", "7 Jalan Raya Bekasi", "13920", "+62 810 0000 0166", "DKI Jakarta"),
    "DE": Yard("Niederaula", "5 Industriestraße", "36272", "+49 30 23125166"),
    "BR": Yard("Cajamar", "1000 Avenida Jordano Mendes", "07776-000", "+55 11 91000 0166", "SP"),
    "MX": Yard("Tepotzotlán", "41 Autopista México-Querétaro", "54600", "+52 55 1000 0166", "MEX"),
    "JP": Yard("Kawasaki", "5-2 Higashiogishima", "210-0869", "+81 90 1000 0166", "Kanagawa"),
}
"""By country: those that parcels go to (``routes.COUNTRIES``)."""

COUNTRY_OF: Final = {yard.city: region for region, yard in YARDS.items()}
"""In which country a parcel leaves; every other city is in China."""

_DOMESTIC: Final = "domestic:"


def domestic(region: str) -> str:
    """The key, among a carrier's routes and tariffs, of the way within that country."""
    return f"{_DOMESTIC}{region}"
