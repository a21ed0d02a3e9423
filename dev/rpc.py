"""A small client for a running Odoo: it calls what the web client calls."""

import http.cookiejar
import json
import urllib.request

from .console import Failure

TIMEOUT = 300
REMEDY = "Read Odoo's log, remove the cause and start again."


class Odoo:
    """A database of a running Odoo, entered as one user.

    :raise Failure: the login is refused
    """

    def __init__(self, url, database, login="admin", password="admin"):
        self.url = url
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._browser = urllib.request.build_opener(cookies)
        access = {"db": database, "login": login, "password": password}
        self.uid = self._post("/web/session/authenticate", access)["uid"]

    def call(self, model, method, *arguments, **keywords):
        """Call a public method of a model and return its answer.

        :raise Failure: the method raised an error; its message is Odoo's
        """
        parameters = {
            "model": model,
            "method": method,
            "args": arguments,
            "kwargs": keywords,
        }
        return self._post(f"/web/dataset/call_kw/{model}/{method}", parameters)

    def _post(self, path, parameters):
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": parameters})
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(self.url + path, body.encode(), headers)
        try:
            with self._browser.open(request, timeout=TIMEOUT) as response:
                answer = json.load(response)
        except (OSError, ValueError) as error:
            raise Failure(f"{self.url}{path}: {error}", REMEDY) from error
        if "error" in answer:
            what = answer["error"]
            message = what.get("data", {}).get("message") or what["message"]
            raise Failure(f"{path.rpartition('/web/')[2]}: {message}", REMEDY)
        return answer.get("result")  # absent when the method returns nothing
