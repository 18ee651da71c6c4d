"""What people do in more than one story."""

import base64
import hashlib
import hmac
import struct
import time

from django.utils import translation
from playwright.sync_api import Locator, Page, expect


def six_figures(letters: str) -> str:
    """What an authenticator app shows now for these letters."""
    text = letters.replace(" ", "").upper()
    key = base64.b32decode(text + "=" * (-len(text) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    start = digest[-1] & 15
    (number,) = struct.unpack(">I", digest[start : start + 4])
    return f"{(number & 0x7FFFFFFF) % 10**6:06}"


def search(page: Page, words: str) -> None:
    """Type into the search above every page."""
    box = page.get_by_role("searchbox", name="Search everything")
    box.fill(words)
    box.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Search")).to_be_visible()
    expect(page.get_by_role("main").get_by_role("searchbox")).to_have_value(words)


def open_record(page: Page, words: str, name: str) -> None:
    """Search someone and open the record."""
    search(page, words)
    page.get_by_role("main").get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def go_to(page: Page, name: str) -> None:
    """Take a line of the menu."""
    page.get_by_role("navigation", name="Menu").get_by_role("link", name=name, exact=True).click()
    heading(page, name)


def press(page: Page, name: str) -> None:
    """Press the first button of this name in the content of the page."""
    page.get_by_role("main").get_by_role("button", name=name).first.click()


def draw(pad: Locator) -> None:
    """Draw a line with a finger or the mouse, as one signs."""
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    mouse = pad.page.mouse
    mouse.move(box["x"] + 0.1 * box["width"], box["y"] + 0.6 * box["height"])
    mouse.down()
    for across, down in ((0.3, 0.2), (0.4, 0.8), (0.6, 0.3), (0.85, 0.7)):
        mouse.move(box["x"] + across * box["width"], box["y"] + down * box["height"], steps=4)
    mouse.up()


def heading(page: Page, words: str) -> None:
    """Wait until the page of this heading is there."""
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def choose_language(page: Page, name: str, code: str) -> None:
    """Take another language of the pages."""
    page.locator("details.pop:has(button[name=language]) summary").click()
    page.get_by_role("button", name=name, exact=True).click()
    expect(page.locator("html")).to_have_attribute("lang", code)


def said(language: str, words: str) -> str:
    """What a page in this language says for these English words."""
    with translation.override(language):
        return translation.gettext(words)


def sign_in(page: Page, address: str, *, email: str, password: str) -> None:
    """Sign in with an e-mail address and a password."""
    page.goto(f"{address}/sign-in/")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(password)
    press(page, "Sign in")


def take_the_role(page: Page, address: str, role: str) -> None:
    """Sign in to the demo with the one click it offers for each role."""
    page.goto(f"{address}/sign-in/")
    page.locator(f"button[name=role][value={role}]").click()


def come_in_as(page: Page, address: str, role: str) -> None:
    """Sign in to the demo in this role and see what needs one today."""
    take_the_role(page, address, role)
    expect(page).to_have_url(f"{address}/")
