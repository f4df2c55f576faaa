"""Opening a regulation of 60,000 characters, and every frame while it scrolls.

The kiosk beside Chromium in kiosk mode with the same text in the same size, both full screen on one virtual display of
1080 x 1920 with software GL, in turns. Both are asked from inside, after each of them has started: the time from
wanting the text to the end of the first frame that shows it, and the time from frame to frame while each scrolls by
as many pixels. Chromium scrolls by its script, a frame at a time, and says so when two frames have passed.
"""

import json
import statistics
import subprocess
import sys
from contextlib import ExitStack
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from queue import Queue
from tempfile import TemporaryDirectory

from bench.page import serving
from bench.screen import display
from bench.start import CHROMIUM
from catalog.records import Policy
from tests.sample import COUNTY, sample_box

CHARACTERS = 60_000
ARTICLE = (
    "为了规范政府信息公开工作，保障公民、法人和其他组织依法获取政府信息（含目录），提高透明度，制定本条例。"
)
RUNS, OPENINGS, FRAMES, STEP = 3, 5, 150, 40
LIMIT = 0.150
PATIENCE = 120

Times = dict[str, list[float]]

PAGE = """<!doctype html><meta charset="utf-8"><style>
html, body {{ margin: 0; height: 100%; overflow: hidden; background: #f1f5fa; color: #12233b }}
#text {{ height: 1100px; margin: 400px 56px 0; padding: 12px 36px; background: #fff; overflow-y: scroll;
  font: 32px/1.45 "Noto Sans SC", "Noto Sans CJK SC", sans-serif }}
p {{ margin: 0 0 14px; text-indent: 2em }}
</style><div id="text"></div><template id="long">{text}</template><script>
const box = document.getElementById("text"), html = document.getElementById("long").innerHTML
const frame = () => new Promise(requestAnimationFrame)
async function measure() {{
  const taken = {{open: [], frame: []}}
  for (let n = 0; n < {openings}; n++) {{
    box.innerHTML = ""; await frame(); await frame(); await frame()
    const began = performance.now()
    box.innerHTML = html; await frame(); await frame()
    taken.open.push((performance.now() - began) / 1000)
  }}
  for (let n = 0; n < {frames}; n++) {{
    const before = performance.now()
    box.scrollTop += {step}; await frame()
    taken.frame.push((performance.now() - before) / 1000)
  }}
  fetch("/", {{method: "POST", body: JSON.stringify(taken)}})
}}
setTimeout(measure, 1000)
</script>"""


def main() -> int:
    """Prints the table. Returns 1 when the kiosk's median opening is above the limit, 3 without Chromium or Xvfb."""
    taken: dict[str, Times] = {name: {"open": [], "frame": []} for name in ("kiosk", "Chromium")}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        policies = (
            Policy(id="long", title="长文件", text=_text()),
            Policy(id="short", title="短文件", text="一"),
        )
        sample_box(folder / "box", datetime.now(UTC).astimezone(), (COUNTY, *policies))
        try:
            environment = stack.enter_context(display())
            address, said = stack.enter_context(serving(_page()))
            for number in range(RUNS):
                _add(taken["kiosk"], _kiosk(folder / "box", environment))
                _add(taken["Chromium"], _chromium(folder / str(number), address, said, environment))
        except FileNotFoundError as error:
            print(f"{error.filename} is not installed", file=sys.stderr)
            return 3
    return int(_report(taken) > LIMIT)


def _text() -> str:
    count = CHARACTERS // (len(ARTICLE) + 5) + 1
    return "\n".join(f"第{n}条 {ARTICLE}" for n in range(1, count + 1))


def _page() -> str:
    text = "".join(f"<p>{escape(line)}</p>" for line in _text().splitlines())
    return PAGE.format(text=text, openings=OPENINGS, frames=FRAMES, step=STEP)


def _report(taken: dict[str, Times]) -> float:
    """Print the table; the kiosk's median opening in seconds."""
    print(f"{'ms':18}{'median':>8}{'p95':>8}{'max':>8}   ({RUNS} runs in turns, {len(_text())} characters)")
    for what, words in (("open", "opens"), ("frame", "scrolls, a frame")):
        for name, times in taken.items():
            values = sorted(times[what])
            row = (statistics.median(values), values[int(0.95 * (len(values) - 1) + 0.5)], values[-1])
            print(f"{name} {words:{17 - len(name)}}" + "".join(f"{1000 * value:>8.1f}" for value in row))
    median = statistics.median(taken["kiosk"]["open"])
    print(f"\nkiosk opens in {1000 * median:.0f} ms, limit {1000 * LIMIT:.0f} ms")
    return median


def _add(taken: Times, more: Times) -> None:
    for what, times in more.items():
        taken[what] += times


def _kiosk(state: Path, environment: dict[str, str]) -> Times:
    command = [sys.executable, "-m", "bench.read", str(state), str(OPENINGS), str(FRAMES), str(STEP)]
    done = subprocess.run(
        command,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        timeout=PATIENCE,
        check=True,
    )
    times: Times = json.loads(done.stdout)
    return times


def _chromium(profile: Path, address: str, said: "Queue[Times]", environment: dict[str, str]) -> Times:
    process = subprocess.Popen(
        [*CHROMIUM, f"--user-data-dir={profile}", address],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return said.get(timeout=PATIENCE)
    finally:
        process.terminate()
        process.communicate()


if __name__ == "__main__":
    sys.exit(main())
