"""A small client for Odoo, which uses the same routes as the web client."""

import http.cookiejar
import json
import urllib.request

from .console import Failure

TIMEOUT = 300
HINT = "Read the log of Odoo, fix the problem and try again."


class Odoo:
    """A session of a user in a database of a running Odoo.

    :raise Failure: the login failed
    """

    def __init__(self, url, database, login="admin", password="admin"):
        self.url = url
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._browser = urllib.request.build_opener(cookies)
        access = {"db": database, "login": login, "password": password}
        self.uid = self._post("/web/session/authenticate", access)["uid"]

    def call(self, model, method, *arguments, **keywords):
        """Call a public method of a model and return its result.

        :raise Failure: the method raised an error, whose message is that of the failure
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
            raise Failure(f"{self.url}{path}: {error}", HINT) from error
        if "error" in answer:
            what = answer["error"]
            message = what.get("data", {}).get("message") or what["message"]
            raise Failure(f"{path.rpartition('/web/')[2]}: {message}", HINT)
        return answer.get("result")  # absent if the method returns None
