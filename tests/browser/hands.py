"""How a person works a page: by mouse, by finger or by keyboard alone."""

from typing import Protocol

from playwright.sync_api import Locator, Page, expect

MOST_TABS = 400


class Hand(Protocol):
    """Presses controls, writes into fields and chooses from lists."""

    def press(self, page: Page, control: Locator) -> None: ...

    def write(self, page: Page, field: Locator, text: str) -> None: ...

    def choose(self, page: Page, choice: Locator, option: str) -> None: ...


class Mouse:
    """A mouse, or a finger."""

    def press(self, page: Page, control: Locator) -> None:
        control.click()

    def write(self, page: Page, field: Locator, text: str) -> None:
        field.click()
        page.keyboard.type(text, delay=10)

    def choose(self, page: Page, choice: Locator, option: str) -> None:
        choice.select_option(label=option)


class Keyboard:
    """Nothing but keys: a control is reached by Tab from where the focus is."""

    def reach(self, page: Page, control: Locator) -> None:
        expect(control).to_be_visible()
        focused = "node => node === node.getRootNode().activeElement && document.hasFocus()"
        for _ in range(MOST_TABS):
            if control.evaluate(focused):
                return
            page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not reach {control}")

    def press(self, page: Page, control: Locator) -> None:
        self.reach(page, control)
        page.keyboard.press("Space" if control.get_attribute("type") == "checkbox" else "Enter")

    def write(self, page: Page, field: Locator, text: str) -> None:
        self.reach(page, field)
        page.keyboard.type(text, delay=10)

    def choose(self, page: Page, choice: Locator, option: str) -> None:
        self.reach(page, choice)
        options = choice.locator("option").count()
        for _ in range(options):
            if choice.evaluate("node => node.selectedOptions[0].label") == option:
                return
            page.keyboard.press("ArrowDown")
        raise AssertionError(f"the arrows do not reach {option}")
