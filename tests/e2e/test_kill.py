"""kill -9 at random moments: whatever has a receipt ends filed or in clearing, exactly once."""

import json
import random
import subprocess
import time
from collections import Counter
from pathlib import Path

from app.house import House, open_house
from app.settings import Settings
from intake.receipts import parse_code, receipt_digest
from intake.status import sender_status
from tests.e2e.papers import PAYSLIP, TENANCY, paper
from tests.e2e.running import PROGRAM, environment, run

ITEMS = 50
KILLS = 6
BATCH = 9


def test_every_receipted_item_ends_exactly_once(tmp_path: Path) -> None:
    waiting = _papers(tmp_path)
    env = environment(tmp_path / "data")
    run("ledger", env=env)
    chance = random.Random(20261120)  # noqa: S311 - moments, not secrets
    codes: list[str] = []
    for _ in range(KILLS):
        seconds = chance.uniform(1.5, 4.0)
        received = _submit_and_kill(waiting[:BATCH], env, seconds=seconds)
        codes += received
        waiting = waiting[len(received) :]
    told = run("submit", *waiting, "--json", env=env) if waiting else ""
    codes += [json.loads(line)["receipt_code"] for line in told.splitlines()]
    assert len(codes) == ITEMS
    _work_and_kill(env, seconds=4.0)
    run("worker", "--drain", env=env)
    for check in (("ledger",), ("audit", "verify"), ("storage", "verify")):
        run(*check, env=env)
    with open_house(Settings(data_dir=tmp_path / "data")) as house:
        _each_exactly_once(house, codes)


def _papers(folder: Path) -> list[str]:
    files = []
    for number in range(ITEMS):
        lines = TENANCY if number % 2 else PAYSLIP
        content = paper(lines, name="Edda Korbmacher", bg=f"99813//{number:07}")
        (folder / f"{number}.pdf").write_bytes(content)
        files.append(str(folder / f"{number}.pdf"))
    return files


def _submit_and_kill(files: list[str], env: dict[str, str], *, seconds: float) -> list[str]:
    """Submit, kill the whole process in the middle, and return the receipts it had printed."""
    work = subprocess.Popen(
        [PROGRAM, "submit", *files, "--wait", "--json"], env=env, stdout=subprocess.PIPE, text=True
    )
    time.sleep(seconds)
    work.kill()
    told, _ = work.communicate()
    lines = [json.loads(line) for line in told.splitlines() if line.endswith("}")]
    return [line["receipt_code"] for line in lines if "file" in line]


def _work_and_kill(env: dict[str, str], *, seconds: float) -> None:
    work = subprocess.Popen([PROGRAM, "worker"], env=env)
    time.sleep(seconds)
    work.kill()
    work.wait()


def _each_exactly_once(house: House, codes: list[str]) -> None:
    filed = {
        name: Counter(one.order.receipt_digest for one in office.library.inbox(limit=1000))
        for name, office in house.offices.items()
    }
    assert all(set(count.values()) == {1} for count in filed.values())
    for code in codes:
        _, items = sender_status(house.intake.database, house.receipts, code)
        assert [item.status for item in items] in (["filed"], ["clearing"])
        if items[0].status == "filed":
            digest = receipt_digest(parse_code(code))
            assert any(digest in count for count in filed.values())
