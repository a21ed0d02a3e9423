# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Facts of a computer, and the conditions of rules on them."""

import fnmatch
import ipaddress
import re
from functools import lru_cache
from typing import NamedTuple

#: {fact: OCS section and column}
_COLUMNS = {
    "tag": ("accountinfo", "TAG"),
    "name": ("hardware", "NAME"),
    "domain": ("hardware", "WORKGROUP"),
    "os": ("hardware", "OSNAME"),
    "chassis_type": ("bios", "TYPE"),
    "manufacturer": ("bios", "SMANUFACTURER"),
    "model": ("bios", "SMODEL"),
    "user": ("hardware", "USERID"),
}


class Condition(NamedTuple):
    """Condition of a rule on a fact of a computer."""

    #: key of :func:`facts`
    fact: str
    #: 'is', 'is_not', 'contains', 'matches', 'in_network' or 'not_in_network'
    operator: str
    #: one of them has to match; with a negated operator, none of them may
    values: tuple


def facts(computer):
    """Return the facts of a computer that rules can refer to.

    :param computer: nested dict, see ``ocs.computer.adapter``
    :return: dict {fact: tuple of str}; a fact is absent if it is unknown because its
        section is not imported or OCS lacks the column. The IP addresses are those of
        hardware.IPADDR and networks.IPADDRESS, and absent if there are none.
    """
    known = {
        fact: (str(computer[section][column]),)
        for fact, (section, column) in _COLUMNS.items()
        if column in computer.get(section, ())
    }
    addresses = _addresses(computer)
    return {**known, "ip": addresses} if addresses else known


def _addresses(computer):
    """:return: tuple of str, distinct addresses"""
    texts = [computer["hardware"].get("IPADDR")]
    texts += [row.get("IPADDRESS") for row in computer.get("networks", ())]
    # agents on Unix separate the addresses of several interfaces with slashes
    parts = [part for text in texts for part in re.split(r"[/,;\s]+", text or "")]
    return tuple(dict.fromkeys(part for part in parts if _address(part)))


def _address(text):
    """:return: IPv4Address, IPv6Address, or None if it is not an address"""
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def split_values(text):
    """Split the values of a condition, which are separated by semicolons.

    Commas do not separate values, since names of manufacturers contain them.

    :return: tuple of str
    """
    parts = (part.strip() for part in re.split(r"[;\n]", text or ""))
    return tuple(part for part in parts if part)


def split_networks(text):
    """Split the networks of a condition at semicolons, commas and spaces.

    :return: tuple of str
    """
    return tuple(part for part in re.split(r"[;,\s]+", text or "") if part)


@lru_cache(maxsize=1024)
def network(text):
    """Parse a network such as 192.0.2.0/24 or 2001:db8::/32, or a single address.

    :return: IPv4Network or IPv6Network
    :raises ValueError: the text is neither
    """
    return ipaddress.ip_network(text, strict=False)


def holds(condition, known):
    """Return whether a condition holds for a computer.

    :param condition: :class:`Condition`
    :param known: facts as :func:`facts` returns them
    :return: bool; False for an unknown fact, whatever the operator
    """
    actual = known.get(condition.fact)
    if actual is None:
        return False
    is_negated, is_equal = _OPERATORS[condition.operator]
    found = any(is_equal(fact, value) for fact in actual for value in condition.values)
    return found != is_negated


def _is(fact, value):
    return fact.casefold() == value.casefold()


def _contains(fact, value):
    return value.casefold() in fact.casefold()


def _matches(fact, value):
    return bool(_pattern(value.casefold()).match(fact.casefold()))


@lru_cache(maxsize=1024)
def _pattern(text):
    # brackets are literal: only * and ? are wildcards
    return re.compile(fnmatch.translate(text.replace("[", "[[]")))


def _in_network(fact, value):
    return _address(fact) in network(value)


#: {operator: (whether it is negated, function that compares a fact with a value)}
_OPERATORS = {
    "is": (False, _is),
    "is_not": (True, _is),
    "contains": (False, _contains),
    "matches": (False, _matches),
    "in_network": (False, _in_network),
    "not_in_network": (True, _in_network),
}
