# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Facts of a computer, and the conditions that rules put on them."""

import fnmatch
import ipaddress
import re
from functools import lru_cache
from typing import NamedTuple

#: {fact: section and column of OCS}
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
    """What a fact of a computer has to be like."""

    #: key of :func:`facts`
    fact: str
    #: 'is', 'is_not', 'contains', 'matches', 'in_network' or 'not_in_network'
    operator: str
    #: any of them will do; with the negations, none of them may
    values: tuple


def facts(computer):
    """What rules may ask about a computer.

    :param computer: nested dict, see ``ocs.computer.adapter``
    :return: dict {fact: tuple of str}; a fact is absent when it is unknown, because
        its section is not imported or OCS lacks the column. The IP addresses are
        those of hardware.IPADDR and networks.IPADDRESS, absent when there is none.
    """
    known = {
        fact: (str(computer[section][column]),)
        for fact, (section, column) in _COLUMNS.items()
        if column in computer.get(section, ())
    }
    addresses = _addresses(computer)
    return {**known, "ip": addresses} if addresses else known


def _addresses(computer):
    """:return: tuple of str, each address once"""
    texts = [computer["hardware"].get("IPADDR")]
    texts += [row.get("IPADDRESS") for row in computer.get("networks", ())]
    # an agent on Unix joins the addresses of several interfaces with slashes
    parts = [part for text in texts for part in re.split(r"[/,;\s]+", text or "")]
    return tuple(dict.fromkeys(part for part in parts if _address(part)))


def _address(text):
    """:return: IPv4Address, IPv6Address, or None when it is no address"""
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def split_values(text):
    """The values of a condition, that are separated by semicolons.

    Not by commas: names of manufacturers have them.

    :return: tuple of str
    """
    parts = (part.strip() for part in re.split(r"[;\n]", text or ""))
    return tuple(part for part in parts if part)


def split_networks(text):
    """The networks of a condition, that anything but letters and digits separates.

    :return: tuple of str
    """
    return tuple(part for part in re.split(r"[;,\s]+", text or "") if part)


@lru_cache(maxsize=1024)
def network(text):
    """Network such as 192.0.2.0/24 or 2001:db8::/32, or a single address.

    :return: IPv4Network or IPv6Network
    :raises ValueError: it is neither
    """
    return ipaddress.ip_network(text, strict=False)


def holds(condition, known):
    """Whether a computer is as a condition wants it.

    :param condition: :class:`Condition`
    :param known: what :func:`facts` returned
    :return: bool; False for an unknown fact whatever the operator
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
    # a bracket is a bracket: only * and ? stand for something else
    return re.compile(fnmatch.translate(text.replace("[", "[[]")))


def _in_network(fact, value):
    return _address(fact) in network(value)


#: {operator: whether no value may fit, and how a fact and a value are compared}
_OPERATORS = {
    "is": (False, _is),
    "is_not": (True, _is),
    "contains": (False, _contains),
    "matches": (False, _matches),
    "in_network": (False, _in_network),
    "not_in_network": (True, _in_network),
}
