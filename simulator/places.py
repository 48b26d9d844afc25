"""Countries that parcels go to: towns with their postal codes, telephone numbers, local time.

Leading digits or letters of a postal code are the town's own; the rest is made up. In patterns,
``#`` is a digit, ``%`` one that is not zero, ``?`` a letter that a British inward code may have.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Town:
    """A place that mail goes to, with the pattern of its postal codes."""

    name: str
    postal_code: str
    state: str = ""
    """Where mail names one: a state's two letters, or a province."""


@dataclass(frozen=True, slots=True)
class Level:
    """One of a country's administrative levels, as the platform counts them: L0 is the country."""

    code: str
    name: str
    part: str
    """Which part of an address has its name: ``state`` or ``city``."""


_CITY_ALONE: Final = (Level("L1", "City", "city"),)
_STATE_AND_CITY: Final = (Level("L1", "State", "state"), Level("L2", "City", "city"))
_PROVINCE_AND_CITY: Final = (Level("L1", "Province", "state"), Level("L2", "City", "city"))


@dataclass(frozen=True, slots=True)
class Country:
    """What an address of one country looks like."""

    name: str
    """In English, as the platform shows it."""
    region: str
    """ISO 3166 code."""
    timezone: str
    """Where a country has several: that of its largest town."""
    names: str
    """Faker's locale for people; a neighbour's where it has none."""
    streets: str
    """Faker's locale for streets; empty where it has none."""
    towns: tuple[Town, ...]
    postal_code: str
    """What a postal code has to match as a whole."""
    phone: str
    """A telephone number's pattern, in the international form of ITU-T E.123."""
    levels: tuple[Level, ...] = _CITY_ALONE
    """Below the country. Which level is what, is inferred: public samples show L0 alone, and the
    masking of L3 and L4 in the US tells that these are nearer to the door than a state."""


# Forms of postal codes: Google's Address Data Service (libaddressinput), fields "zip"; the short
# forms of ours are subsets of it. For Great Britain without its specials (GIR 0AA, BFPO), and with
# the letters that an inward code leaves out, C I K M O V (Royal Mail's Programmers' Guide to PAF).
# Viet Nam: five digits since 2018, the first two a province's (decision 2475/QD-BTTTT of 2017).
# Which town has which leading digits: each country's post, in its public finder.
#
# Telephone numbers: British and American ones from the ranges that are kept free for fiction
# (Ofcom: 07700 900000 to 900999; the North American plan: 555-0100 to 555-0199); the others are
# mobile numbers of their national plans (ITU's list of E.164 numbering plans). German ones are kept
# free for fiction as well (Bundesnetzagentur: 030 23125000 to 23125999).

_FIVE: Final = r"\d{5}"

COUNTRIES: Final = {
    "en_GB": Country(
        name="United Kingdom",
        region="GB",
        timezone="Europe/London",
        names="en_GB",
        streets="en_GB",
        towns=(
            Town("London", "E% #??"),
            Town("London", "N% #??"),
            Town("London", "SE% #??"),
            Town("Birmingham", "B% #??"),
            Town("Bristol", "BS% #??"),
            Town("Cardiff", "CF1% #??"),
            Town("Edinburgh", "EH% #??"),
            Town("Glasgow", "G4% #??"),
            Town("Leeds", "LS% #??"),
            Town("Liverpool", "L% #??"),
            Town("Manchester", "M% #??"),
            Town("Newcastle upon Tyne", "NE% #??"),
            Town("Nottingham", "NG% #??"),
            Town("Sheffield", "S% #??"),
        ),
        postal_code=r"[A-Z]{1,2}\d[A-Z\d]? \d[ABD-HJLNP-UW-Z]{2}",
        phone="+44 7700 900###",
    ),
    "en_US": Country(
        name="United States",
        region="US",
        timezone="America/New_York",
        names="en_US",
        streets="en_US",
        towns=(
            Town("New York", "1000%", "NY"),
            Town("New York", "1001%", "NY"),
            Town("Los Angeles", "900%#", "CA"),
            Town("Chicago", "606%#", "IL"),
            Town("Houston", "770%#", "TX"),
            Town("Phoenix", "850%#", "AZ"),
            Town("Philadelphia", "191%#", "PA"),
            Town("San Diego", "921%#", "CA"),
            Town("Dallas", "752%#", "TX"),
            Town("Seattle", "981%#", "WA"),
            Town("Denver", "802%#", "CO"),
            Town("Atlanta", "303%#", "GA"),
            Town("Boston", "021%#", "MA"),
            Town("Miami", "331%#", "FL"),
        ),
        postal_code=_FIVE,
        phone="+1 20% 555 01##",
        levels=(Level("L1", "State", "state"), Level("L3", "City", "city")),
    ),
    "th_TH": Country(
        name="Thailand",
        region="TH",
        timezone="Asia/Bangkok",
        names="th_TH",
        streets="th_TH",
        towns=(
            Town("กรุงเทพมหานคร", "10%%0"),
            Town("กรุงเทพมหานคร", "10%%0"),
            Town("นนทบุรี", "11%%0"),
            Town("ชลบุรี", "20%%0"),
            Town("นครราชสีมา", "30%%0"),
            Town("ขอนแก่น", "40%%0"),
            Town("เชียงใหม่", "50%%0"),
            Town("ภูเก็ต", "83%%0"),
            Town("สงขลา", "90%%0"),
        ),
        postal_code=_FIVE,
        phone="+66 8# ### ####",
    ),
    "vi_VN": Country(
        name="Vietnam",
        region="VN",
        timezone="Asia/Ho_Chi_Minh",
        names="vi_VN",
        streets="vi_VN",
        towns=(
            Town("Thành phố Hồ Chí Minh", "70###"),
            Town("Thành phố Hồ Chí Minh", "72###"),
            Town("Hà Nội", "10###"),
            Town("Hà Nội", "11###"),
            Town("Hải Phòng", "04###"),
            Town("Đà Nẵng", "50###"),
            Town("Cần Thơ", "94###"),
        ),
        postal_code=_FIVE,
        phone="+84 9# ### ####",
    ),
    "id_ID": Country(
        name="Indonesia",
        region="ID",
        timezone="Asia/Jakarta",
        names="id_ID",
        streets="id_ID",
        towns=(
            Town("Jakarta Pusat", "10%%0", "DKI Jakarta"),
            Town("Jakarta Selatan", "12%%0", "DKI Jakarta"),
            Town("Bandung", "401%#", "Jawa Barat"),
            Town("Semarang", "501%#", "Jawa Tengah"),
            Town("Yogyakarta", "552%#", "DI Yogyakarta"),
            Town("Surabaya", "602%#", "Jawa Timur"),
            Town("Medan", "201%#", "Sumatera Utara"),
            Town("Denpasar", "801%#", "Bali"),
            Town("Makassar", "901%#", "Sulawesi Selatan"),
        ),
        postal_code=_FIVE,
        phone="+62 81# #### ####",
        levels=_PROVINCE_AND_CITY,
    ),
    "ms_MY": Country(
        name="Malaysia",
        region="MY",
        timezone="Asia/Kuala_Lumpur",
        names="en_US",
        streets="en_MS",  # as Faker calls Malaysia
        towns=(
            Town("Kuala Lumpur", "50%#0"),
            Town("Kuala Lumpur", "50%#0"),
            Town("Shah Alam", "40%00", "Selangor"),
            Town("Petaling Jaya", "46%00", "Selangor"),
            Town("George Town", "10%#0", "Pulau Pinang"),
            Town("Ipoh", "30%#0", "Perak"),
            Town("Johor Bahru", "80%00", "Johor"),
            Town("Kota Kinabalu", "88%#0", "Sabah"),
            Town("Kuching", "93%#0", "Sarawak"),
        ),
        postal_code=_FIVE,
        phone="+60 1% ### ####",
        levels=_STATE_AND_CITY,
    ),
    "en_PH": Country(
        name="Philippines",
        region="PH",
        timezone="Asia/Manila",
        names="en_US",
        streets="en_PH",
        towns=(
            Town("Manila", "100%", "Metro Manila"),
            Town("Quezon City", "110%", "Metro Manila"),
            Town("Makati", "120%", "Metro Manila"),
            Town("Pasig", "160%", "Metro Manila"),
            Town("Baguio", "2600", "Benguet"),
            Town("Iloilo City", "5000", "Iloilo"),
            Town("Cebu City", "6000", "Cebu"),
            Town("Davao City", "8000", "Davao del Sur"),
        ),
        postal_code=r"\d{4}",
        phone="+63 91# ### ####",
        levels=_PROVINCE_AND_CITY,
    ),
    "en_SG": Country(
        name="Singapore",
        region="SG",
        timezone="Asia/Singapore",
        names="en_US",
        streets="",
        towns=(
            Town("Ang Mo Kio", "56####"),
            Town("Bedok", "46####"),
            Town("Bishan", "57####"),
            Town("Jurong West", "64####"),
            Town("Punggol", "82####"),
            Town("Tampines", "52####"),
            Town("Toa Payoh", "31####"),
            Town("Woodlands", "73####"),
            Town("Yishun", "76####"),
        ),
        postal_code=r"\d{6}",
        phone="+65 9### ####",
    ),
    "de_DE": Country(
        name="Germany",
        region="DE",
        timezone="Europe/Berlin",
        names="de_DE",
        streets="de_DE",
        towns=(
            Town("Berlin", "10%##"),
            Town("Berlin", "12%##"),
            Town("Hamburg", "22%##"),
            Town("München", "80%##"),
            Town("München", "81%##"),
            Town("Köln", "50%##"),
            Town("Frankfurt am Main", "60%##"),
            Town("Stuttgart", "70%##"),
            Town("Düsseldorf", "40%##"),
            Town("Leipzig", "04%##"),
            Town("Hannover", "30%##"),
            Town("Nürnberg", "904##"),
            Town("Bremen", "28%##"),
        ),
        postal_code=_FIVE,
        phone="+49 30 23125###",
    ),
    "pt_BR": Country(
        name="Brazil",
        region="BR",
        timezone="America/Sao_Paulo",
        names="pt_BR",
        streets="pt_BR",
        towns=(
            Town("São Paulo", "01%##-%#0", "SP"),
            Town("São Paulo", "04%##-%#0", "SP"),
            Town("Campinas", "130%#-%#0", "SP"),
            Town("Rio de Janeiro", "20%##-%#0", "RJ"),
            Town("Belo Horizonte", "30%##-%#0", "MG"),
            Town("Salvador", "40%##-%#0", "BA"),
            Town("Recife", "50%##-%#0", "PE"),
            Town("Fortaleza", "60%##-%#0", "CE"),
            Town("Brasília", "70%##-%#0", "DF"),
            Town("Curitiba", "80%##-%#0", "PR"),
            Town("Porto Alegre", "90%##-%#0", "RS"),
        ),
        postal_code=r"\d{5}-\d{3}",
        phone="+55 11 9%### ####",
        levels=_STATE_AND_CITY,
    ),
    "es_MX": Country(
        name="Mexico",
        region="MX",
        timezone="America/Mexico_City",
        names="es_MX",
        streets="es_MX",
        towns=(
            Town("Ciudad de México", "03%#0", "CDMX"),
            Town("Ciudad de México", "06%#0", "CDMX"),
            Town("Guadalajara", "44%#0", "JAL"),
            Town("Monterrey", "64%#0", "NL"),
            Town("Puebla", "72%#0", "PUE"),
            Town("León", "37%#0", "GTO"),
            Town("Querétaro", "76%#0", "QRO"),
            Town("Tijuana", "22%#0", "BC"),
            Town("Mérida", "97%#0", "YUC"),
        ),
        postal_code=_FIVE,
        phone="+52 55 %### ####",
        levels=_STATE_AND_CITY,
    ),
    "ja_JP": Country(
        name="Japan",
        region="JP",
        timezone="Asia/Tokyo",
        names="ja_JP",
        streets="ja_JP",
        towns=(
            Town("新宿区", "160-00##", "東京都"),
            Town("渋谷区", "150-00##", "東京都"),
            Town("世田谷区", "154-00##", "東京都"),
            Town("横浜市中区", "231-00##", "神奈川県"),
            Town("大阪市北区", "530-00##", "大阪府"),
            Town("名古屋市中区", "460-00##", "愛知県"),
            Town("札幌市中央区", "060-00##", "北海道"),
            Town("福岡市中央区", "810-00##", "福岡県"),
            Town("京都市中京区", "604-00##", "京都府"),
        ),
        postal_code=r"\d{3}-\d{4}",
        phone="+81 90 %### ####",
        levels=(Level("L1", "Prefecture", "state"), Level("L2", "City", "city")),
    ),
}
"""By locale: a language and a country, as in a market's profile."""

BY_REGION: Final = {country.region: country for country in COUNTRIES.values()}
"""By ISO 3166 code."""

TIMEZONES: Final = {country.region: country.timezone for country in COUNTRIES.values()}
"""By ISO 3166 code."""
