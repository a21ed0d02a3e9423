"""An OCS agent for tests: it sends the inventories that a test defines."""

import time
import urllib.error
import urllib.request
import xml.etree.ElementTree as ElementTree
import zlib
from copy import deepcopy

# OCS's server answers known agents only, and none newer than itself.
USER_AGENT = "OCS-NG_unified_unix_agent_v2.8.1"
# Bits of hardware.CHECKSUM, as OCS's agents know them.
MASKS = {
    "HARDWARE": 1,
    "BIOS": 2,
    "MEMORIES": 4,
    "MONITORS": 64,
    "STORAGES": 256,
    "NETWORKS": 4096,
    "VIDEOS": 32768,
    "SOFTWARES": 65536,
}
TIMEOUT = 10  # seconds


class RequestFailed(Exception):
    """The OCS server did not answer with status 200 and content."""


class Agent:
    """The agent on one computer: like OCS's own, it stores its last inventory.

    :param url: address of the OCS server
    :param device_id: hardware.DEVICEID, such as ``PC-2026-01-31-08-30-00``
    """

    def __init__(self, url, device_id):
        self.url = url
        self.device_id = device_id
        self._sent = {}
        #: seconds the last answer took
        self.seconds = None

    def inventory(self, sections, timeout=TIMEOUT):
        """Send an inventory and return the server's answer, as {tag: text}.

        :param sections: {section: row or list of rows}, as OCS's agents name them
        :raise RequestFailed: the answer is not status 200 with content
        """
        sections = deepcopy(sections)
        checksum = changed(sections, self._sent)
        hardware = {**sections["HARDWARE"], "CHECKSUM": checksum}
        answer = self.post("INVENTORY", {**sections, "HARDWARE": hardware}, timeout)
        self._sent = sections
        return answer

    def prolog(self, timeout=TIMEOUT):
        """Ask whether an inventory is wanted; return the answer as {tag: text}."""
        return self.post("PROLOG", {}, timeout)

    def post(self, query, content, timeout=TIMEOUT):
        """Post a request and return the decoded answer, as {tag: text}.

        :raise RequestFailed: the answer is not status 200 with content
        """
        body = zlib.compress(request(query, self.device_id, content))
        headers = {
            "User-Agent": USER_AGENT,
            "Content-Type": "application/x-compress",
        }
        started = time.monotonic()
        message = urllib.request.Request(self.url, body, headers)
        status, answer = _send(message, timeout)
        self.seconds = time.monotonic() - started
        if status != 200 or not answer:
            raise RequestFailed(
                f"{query} of {self.device_id}: {status}, {len(answer)} bytes"
            )
        reply = ElementTree.fromstring(zlib.decompress(answer))
        return {element.tag: element.text for element in reply}


def _send(message, timeout):
    try:
        with urllib.request.urlopen(message, timeout=timeout) as response:
            return response.status, response.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()
    except OSError as error:
        raise RequestFailed(f"no answer within {timeout} s: {error}") from error


def changed(sections, before):
    """Return the CHECKSUM of the sections that differ from those before."""
    masks = (
        mask for name, mask in MASKS.items() if sections.get(name) != before.get(name)
    )
    return sum(masks)


def request(query, device_id, content):
    """Return the XML of a request, as bytes.

    :param content: {section: row or list of rows}, a row is {name: value}
    """
    root = ElementTree.Element("REQUEST")
    inside = ElementTree.SubElement(root, "CONTENT")
    for section, rows in content.items():
        for row in [rows] if isinstance(rows, dict) else rows:
            _append(inside, section, row)
    _append_text(root, "DEVICEID", device_id)
    _append_text(root, "QUERY", query)
    return ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _append(parent, section, row):
    element = ElementTree.SubElement(parent, section)
    for name, value in row.items():
        _append_text(element, name, value)


def _append_text(parent, name, value):
    ElementTree.SubElement(parent, name).text = str(value)
