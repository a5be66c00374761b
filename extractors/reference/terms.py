"""What a user should know of each register before setting it against articles; pages and the command line show it."""

from __future__ import annotations

SIPRI = "SIPRI Arms Transfers Database"
UNROCA = "UN Register of Conventional Arms"

NOT_SHIPPED = "This program ships nothing of it, writes no copy of your file and passes nothing of it on."

TERMS: dict[str, str] = {
    SIPRI: (
        "The Arms Transfers Database is made and published by the Stockholm International Peace Research Institute (SIPRI). "
        "The file that you downloaded stays under SIPRI's terms of use, which limit commercial use and the republishing of larger "
        "parts, and ask for a credit line: read them before you publish rows of it. "
        "Its trend-indicator values (TIV) measure the volume of weapons transferred; they are no prices, and are never "
        "compared here with money. It lists orders and deliveries of major weapons, not plans or approvals, and no small arms, "
        "and it is revised every year, so use its newest edition. " + NOT_SHIPPED
    ),
    UNROCA: (
        "The Register of Conventional Arms is kept by the United Nations Office for Disarmament Affairs from what states report "
        "of themselves. Reporting is voluntary: a transfer that is missing there may only be unreported, and exporter and "
        "importer may report different numbers. Your file stays under the terms of the United Nations' site. "
        "It counts items that crossed a border in a year, in broad categories, and knows neither orders nor prices. "
        + NOT_SHIPPED
    ),
}
