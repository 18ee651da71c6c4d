"""Packages of other learning systems: they run, keep their place, and get at nothing of Kith."""

from playwright.sync_api import Frame, Page, expect

from kith.gate.roles import Role
from kith.methods.learning.tests.package_files import (
    SCHEMA_2004,
    item,
    manifest,
    packed,
    resource,
)
from tests.journeys.acts import come_in_as, heading, press

# Looks for the player as most packages do: upwards, beginning with its own window.
FIND = """
function find(name) {
  let win = window, far = 0;
  while (!win[name] && win.parent && win.parent !== win && far++ < 10) win = win.parent;
  return win[name];
}
"""
COUNTER_2004 = f"""<!doctype html><html lang="en"><head><title>Counter</title></head><body>
<h1>Page <span id="page"></span></h1><p id="kept"></p><button id="on">On</button><button id="end">End</button>
<script>{FIND}
const api = find("API_1484_11");
api.Initialize("");
let page = Number(api.GetValue("cmi.location") || 1);
document.getElementById("kept").textContent = api.GetValue("cmi.suspend_data") || "nothing";
const show = () => {{ document.getElementById("page").textContent = page; }};
document.getElementById("on").onclick = () => {{
  page += 1;
  api.SetValue("cmi.location", String(page));
  api.SetValue("cmi.suspend_data", "seen up to " + page);
  api.Commit("");
  show();
}};
document.getElementById("end").onclick = () => {{
  api.SetValue("cmi.score.raw", "45"); api.SetValue("cmi.score.min", "0");
  api.SetValue("cmi.score.max", "50"); api.SetValue("cmi.score.scaled", "0.9");
  api.SetValue("cmi.completion_status", "completed"); api.SetValue("cmi.success_status", "passed");
  api.Terminate("");
}};
show();
</script></body></html>"""


def package_2004() -> bytes:
    """A package of SCORM 2004, written by hand: a counter that keeps its page."""
    told = manifest(
        item(title="Counter"),
        resource("counter/index.html").replace("scormtype", "scormType"),
        schema=SCHEMA_2004,
        title="Counting",
    )
    return packed({"imsmanifest.xml": told, "counter/index.html": COUNTER_2004})


def bring_in(page: Page, address: str, name: str, content: bytes) -> None:
    page.goto(f"{address}/learning/packages/new/")
    page.get_by_label("Package").set_input_files(
        {"name": name, "mimeType": "application/zip", "buffer": content}
    )
    press(page, "Bring it in")


def inside(page: Page) -> Frame:
    """The closed frame."""
    expect(page.locator("iframe")).to_be_visible()
    handle = page.locator("iframe").element_handle()
    assert handle is not None
    frame = handle.content_frame()
    assert frame is not None
    frame.wait_for_load_state()
    return frame


def test_a_package_of_scorm_2004_keeps_score_and_place(demo_kith, new_page):
    page = new_page("wide")
    come_in_as(page, demo_kith, Role.TRAINER)
    bring_in(page, demo_kith, "counting.zip", package_2004())
    heading(page, "Counting")
    press(page, "Begin")

    frame = page.frame_locator("iframe")
    expect(frame.locator("#kept")).to_have_text("nothing")
    frame.locator("#on").click()
    frame.locator("#on").click()
    expect(frame.locator("#page")).to_have_text("3")
    expect(page.get_by_role("status")).to_contain_text("Saved at")
    page.wait_for_timeout(1500)
    page.reload()
    expect(frame.locator("#page")).to_have_text("3")
    expect(frame.locator("#kept")).to_have_text("seen up to 3")
    frame.locator("#end").click()
    page.get_by_role("link", name="Back to the parts").click()

    heading(page, "Counting")
    expect(page.get_by_role("main")).to_contain_text("90 %")
    expect(page.get_by_role("main")).to_contain_text("Passed")
