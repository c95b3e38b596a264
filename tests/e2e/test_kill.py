"""kill -9 at random moments: whatever has a receipt ends filed or in clearing, exactly once."""

import json
import random
import subprocess
import time
from collections import Counter
from pathlib import Path

from app.house import House, open_house
from app.runner import pending
from app.settings import Settings
from intake.receipts import parse_code, receipt_digest
from intake.status import sender_status
from tests.e2e.papers import PAYSLIP, TENANCY, paper
from tests.e2e.running import PROGRAM, environment, run

ITEMS = 50
KILLS = 6
BATCH = 8


def test_every_receipted_item_ends_exactly_once(tmp_path: Path) -> None:
    waiting = _papers(tmp_path)
    env = environment(tmp_path / "data")
    run("ledger", env=env)
    chance = random.Random(20261120)  # noqa: S311 - moments, not secrets
    codes: dict[str, str] = {}
    interrupted = 0
    for _ in range(KILLS):
        codes |= _submit_and_kill(waiting, env, chance)
        waiting = [file for file in waiting if file not in codes]
        interrupted += _left_behind(tmp_path / "data")
    assert interrupted, "no kill came in the middle of anything"
    codes |= _receipts(run("submit", *waiting, "--json", env=env).splitlines())
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


def _submit_and_kill(
    files: list[str], env: dict[str, str], chance: random.Random
) -> dict[str, str]:
    """Submit a part, kill the whole process a moment after some receipt, return the receipts."""
    work = subprocess.Popen(
        [PROGRAM, "submit", *files[:BATCH], "--wait", "--json"],
        env=env,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert work.stdout is not None
    first = [work.stdout.readline() for _ in range(chance.randint(1, BATCH - 1))]
    time.sleep(chance.uniform(0, 0.5))
    work.kill()
    rest, _ = work.communicate()
    return _receipts([*first, *rest.splitlines()])


def _receipts(lines: list[str]) -> dict[str, str]:
    """Return the receipt code of each file; a line that the kill has cut tells nothing."""
    told = [json.loads(line) for line in lines if line.strip().endswith("}")]
    return {line["file"]: line["receipt_code"] for line in told if "file" in line}


def _left_behind(data: Path) -> bool:
    """Tell whether a kill left work that was not done."""
    with open_house(Settings(data_dir=data)) as house:
        return pending(house) > 0


def _work_and_kill(env: dict[str, str], *, seconds: float) -> None:
    work = subprocess.Popen([PROGRAM, "worker"], env=env)
    time.sleep(seconds)
    work.kill()
    work.wait()


def _each_exactly_once(house: House, codes: dict[str, str]) -> None:
    filed = {
        name: Counter(one.order.receipt_digest for one in office.library.inbox(limit=1000))
        for name, office in house.offices.items()
    }
    assert all(set(count.values()) == {1} for count in filed.values())
    for file, code in codes.items():
        _, items = sender_status(house.intake.database, house.receipts, code)
        assert [item.status for item in items] == ["filed"]
        digest = receipt_digest(parse_code(code))
        holders = {name for name, count in filed.items() if digest in count}
        assert holders == ({"kommune"} if int(Path(file).stem) % 2 else {"agentur", "kommune"})
