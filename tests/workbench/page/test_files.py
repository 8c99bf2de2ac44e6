"""Files: cards in messages, and what is chosen in a form."""

import pytest

from tests.workbench.page.support import an_input, view

pytestmark = pytest.mark.browser

TS = "1748865000.000100"


async def test_files_are_cards_that_can_be_saved_and_pictures_are_seen(fake, page):
    def file(name, kind, **more):
        address = f"{fake.address}/static/{name}"
        known = {"id": name, "name": name, "mimetype": kind, "url_private": address}
        return known | {"pretty_type": "X", "size": 20480} | more

    icon = file("icon.svg", "image/svg+xml", alt_txt="A flask")
    await fake.say(
        "", ts=TS, files=[icon, file("app.js", "text/x"), {"id": "F3", "mode": "tombstone"}]
    )
    await page.get_by_role("img", name="A flask").wait_for()
    cards = page.get_by_role("list", name="Files").get_by_role("listitem")
    assert [(await card.inner_text()).split("\n") for card in await cards.all()] == [
        ["icon.svg", "X · 20 KB", "Save icon.svg"],
        ["app.js", "X · 20 KB", "Save app.js"],
        ["This file was deleted."],
    ]
    async with page.expect_download() as saved:
        await page.get_by_test_id("download-app.js").click()
    download = await saved.value
    assert download.suggested_filename == "app.js"
    assert download.url == f"{fake.address}/static/app.js?user=UANA"
    await download.delete()


async def test_a_files_content_is_sent_once_and_its_id_from_then_on(fake, page):
    papers = an_input("papers", {"type": "file_input", "max_files": 2, "filetypes": ["txt"]})
    note = an_input("note", {"type": "plain_text_input"}, dispatch_action=True)
    await fake.show(view(papers, note))
    paper = {"name": "a.txt", "mimeType": "text/plain", "buffer": b"some words"}
    chooser, error = (
        page.get_by_test_id("action-papers.field"),
        page.get_by_test_id("error-papers"),
    )
    await page.get_by_test_id("action-note.field").fill("x")
    for chosen, expected in (
        ([paper] * 3, "Please choose at most 2 files."),
        ([paper | {"name": "a.pdf"}], "Please choose files of these types: txt."),
    ):
        async with page.expect_response("**/workbench/files*"):
            await chooser.set_input_files(chosen)
        await page.locator(".files", has_text=chosen[-1]["name"]).wait_for()
        await page.get_by_test_id("modal-submit").click()
        await error.get_by_text(expected).wait_for()
    fake.asked.clear()
    await chooser.set_input_files(paper)
    await page.locator(".files", has_text="a.txt 10 B").wait_for()
    async with page.expect_response("**/workbench/action*"):
        await page.get_by_test_id("action-note.field").press("Enter")
    async with page.expect_response("**/workbench/view/submit*"):
        await page.get_by_test_id("modal-submit").click()
    packed = {"name": "a.txt", "mimetype": "text/plain", "size": 10}
    content = {"content_base64": "c29tZSB3b3Jkcw=="}
    assert fake.bodies("files") == [{"files": [packed | content]}]
    for path in ("action", "view/submit"):
        [sent] = fake.bodies(path)
        assert sent["state"]["papers"]["papers.field"]["files"] == [{"id": "F1"} | packed]
