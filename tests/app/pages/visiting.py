"""A visitor without a browser: keeps cookies, finds form tokens, follows nothing by itself."""

import re
import time
from collections.abc import Mapping

import httpx

from app.bootstrap import demo_passwords
from app.following import settled
from app.house import House
from domain.ids import SubmissionId

_TOKEN = re.compile(r'name="csrf" value="([^"]+)"')
_CODE = re.compile(r'name="receipt_code" value="([A-Z2-7]{26})"')
REST_SECONDS = 120


class Visitor:
    """One person at one browser."""

    def __init__(self, url: str) -> None:
        self.http = httpx.Client(base_url=url, timeout=60)

    def token(self, path: str) -> str:
        found = _TOKEN.search(self.http.get(path).text)
        assert found, f"no form with a token on {path}"
        return found[1]

    def send(self, path: str, *, page: str, fields: Mapping[str, str]) -> httpx.Response:
        """Send the form of a page as a browser does."""
        return self.http.post(path, data={"csrf": self.token(page), **fields})

    def sign_in(self, house: House, name: str) -> "Visitor":
        fields = {"name": name, "password": demo_passwords(house.folder)[name]}
        answer = self.send("/anmelden", page="/anmelden", fields=fields)
        assert answer.status_code == 303, answer.text
        return self

    def hand_in(self, name: str, content: bytes, **note: str) -> str:
        """Hand in one file as a browser without scripts does, and return the receipt code."""
        answer = self.http.post("/abgeben", data=note, files={"files": (name, content)})
        assert answer.status_code == 200, answer.text
        found = _CODE.search(answer.text)
        assert found
        return found[1]


def wait_until_at_rest(house: House, url: str, code: str) -> None:
    """Return when everything of a submission is filed, in clearing or in quarantine."""
    said = httpx.post(f"{url}/api/v1/status", json={"receipt_code": code}).json()
    submission = SubmissionId(said["submission_id"])
    deadline = time.monotonic() + REST_SECONDS
    while not settled(house, submission):
        assert time.monotonic() < deadline, "the submission does not come to rest"
        time.sleep(0.1)
