"""What apps and people write, as DOM nodes."""

import pytest

from tests.workbench.page.support import NOON, mrkdwn, plain

pytestmark = pytest.mark.browser

# Draws a text in the page and tells it as tags, so that a table can hold it.
DRAWN = """async ([kind, text]) => {
  const { mrkdwn, plain } = await import("/static/text/mrkdwn.js");
  const { markdown } = await import("/static/text/markdown.js");
  const nodes = { mrkdwn, plain, markdown }[kind](text);
  const skipped = ["DIV"];
  const tell = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    const inside = [...node.childNodes].map(tell).join("");
    if (skipped.includes(node.nodeName) && !node.hasAttribute("role")) return inside;
    const more = node.href ? "=" + node.getAttribute("href") : "";
    const name = (node.getAttribute("role") ?? node.className.split(" ")[0]) || node.localName;
    const tag = node.localName === "span" || node.role ? name : node.localName;
    return node.localName === "br" ? "/" : `[${tag}${more} ${inside}]`;
  };
  const root = document.createElement("div");
  root.append(...nodes);
  return tell(root);
}"""

MRKDWN = {
    "plain words": "plain words",
    "*bold* _it_ ~no~ `x*y*`": "[strong bold] [em it] [s no] [code x*y*]",
    "*_both_*": "[strong [em both]]",
    "snake_case_name and 2*3*4": "snake_case_name and 2*3*4",
    "* not bold * nor _ this _": "* not bold * nor _ this _",
    "unclosed *bold": "unclosed *bold",
    "*two\nlines*": "*two/lines*",
    "a &amp; b &lt;c&gt; &quot;": "a & b <c> &quot;",
    "<https://a.example|the *page*>": "[a=https://a.example the *page*]",
    "<https://a.example/?a=1&amp;b=2>": (
        "[a=https://a.example/?a=1&b=2 https://a.example/?a=1&b=2]"
    ),
    "see https://a.example/x, please": "see [a=https://a.example/x https://a.example/x], please",
    "<mailto:ana@example.com|Ana>": "[a=mailto:ana@example.com Ana]",
    "<javascript:alert(1)|press me>": "press me",
    "<@UMONA> <@UNOBODY|old name> <@UNOBODY>": (
        "[mention @mona] [mention @old name] [mention @UNOBODY]"
    ),
    "<#C2> <#C2|other> <#CPRIV|>": "[a=#/C2 #general] [a=#/C2 #general] [mention #private-channel]",
    "<!here> <!channel> <!subteam^S1|@x> <!subteam^SX|@x>": (
        "[mention @here] [mention @channel] [mention @duty] [mention @x]"
    ),
    ":tada: :no_such_thing: 10:30:45": "[img 🎉] :no_such_thing: 10:30:45",
    "one\ntwo": "one/two",
    "&gt; said\n&gt; again\nand so": "[blockquote said/again]and so",
    "a\n&gt;&gt;&gt;all\nthe rest": "a[blockquote all/the rest]",
    "```let x = &lt;1&gt;;\n*y*``` after": "[pre let x = <1>;\n*y*] after",
    "an open ```fence": "an open ```fence",
    "`<https://a.example|label>`": "[code label]",
    "• one\n• two": "• one/• two",
    "<!unknown^x|fallback>": "fallback",
    '<img src="x" onerror="alert(1)">': 'img src="x" onerror="alert(1)"',
    "&lt;b&gt;no&lt;/b&gt;": "<b>no</b>",
}

PLAIN = {
    "*stars* stay <@UMONA>": "*stars* stay <@UMONA>",
    ":rocket: a &amp; b": "[img 🚀] a & b",
    "one\ntwo": "one/two",
}

MARKDOWN = {
    "# Title\n\ntext": "[heading Title][p text]",
    "**bold** *it* ~~no~~ `c`": "[p [strong bold] [em it] [s no] [code c]]",
    "[page](https://a.example) <@UMONA>": "[p [a=https://a.example [span page]] [mention @mona]]",
    "[x](javascript:alert(1))": "[p [span x])]",
    "- a\n- b\n  - c": "[ul [li a][li b[ul [li c]]]]",
    "2. a\n3. b": "[ol [li a][li b]]",
    "> said\n\n---\n\n```\nx < y\n```": "[blockquote [p said]][hr ][pre x < y]",
    "| a | b |\n|---|---|\n| 1 | 2 |": (
        "[region [table [thead [tr [th a][th b]]][tbody [tr [td 1][td 2]]]]]"
    ),
    "snake_case and https://a.example.": (
        "[p snake_case and [a=https://a.example https://a.example].]"
    ),
    "<b>no</b> \\*stars\\*": "[p <b>no</b> *stars*]",
}


@pytest.mark.parametrize(
    ("kind", "table"), [("mrkdwn", MRKDWN), ("plain", PLAIN), ("markdown", MARKDOWN)]
)
async def test_text_is_drawn_as_slack_draws_it(page, kind, table):
    drawn = {source: await page.evaluate(DRAWN, [kind, source]) for source in table}
    assert drawn == table


DATES = {
    "{date_num} {time}": "2025-06-02 2:00 PM",
    "{date} {time_secs}": "June 2nd, 2025 2:00:00 PM",
    "{date_short} / {date_long}": "Jun 2, 2025 / Monday, June 2nd, 2025",
    "{date_short_pretty} at {time}": "Today at 2:00 PM",
    "by {date_pretty}": "by today",
    "{date_slash}": "06/02/2025",
    "{nonsense}": "the fallback",
}


async def test_dates_stand_in_the_viewers_zone(fake, page):
    for number, template in enumerate(DATES):
        text = f"<!date^{int(NOON)}^{template}|the fallback>"
        await fake.say(text, ts=f"{NOON - 900 + number:.6f}")
    await page.locator(".message", has_text="the fallback").wait_for()
    drawn = await page.locator(".message .text").all_inner_texts()
    assert drawn == list(DATES.values())


async def test_a_past_moment_may_be_told_by_its_age(fake, page):
    await fake.say(f"<!date^{int(NOON - 10800)}^{{ago}}|x>", ts="1748865000.000100")
    await page.locator(".text", has_text="3 hours ago").wait_for()


async def test_the_same_moment_reads_differently_elsewhere(fake, page, page_for):
    elsewhere = await page_for("UMONA", fake.address, path="#/C1")
    await elsewhere.get_by_test_id("composer").wait_for()
    await fake.say(f"<!date^{int(NOON)}^{{time}}|x>", ts="1748865000.000100")
    await page.locator(".text", has_text="2:00 PM").wait_for()
    await elsewhere.locator(".text", has_text="8:00 AM").wait_for()


async def test_dates_follow_the_clock(fake, page):
    await fake.say(f"<!date^{int(NOON)}^{{date_pretty}}|x>", ts="1748865000.000100")
    await page.locator(".text", has_text="Today").wait_for()
    await page.get_by_test_id("clock").click()
    await page.get_by_test_id("clock-plus-86400").click()
    await page.locator(".text", has_text="Yesterday").wait_for()


HOSTILE = "<img src=x onerror=window.hurt=1><script>window.hurt=1</script>"


async def test_no_payload_becomes_markup(fake, page):
    cells = [[{"type": "raw_text", "text": HOSTILE}]]
    parts = [
        {"type": "text", "text": HOSTILE},
        {"type": "link", "url": "javascript:window.hurt=1"},
    ]
    blocks = [
        {"type": "header", "block_id": "1", "text": plain(HOSTILE)},
        {"type": "section", "block_id": "2", "text": mrkdwn(HOSTILE), "fields": [plain(HOSTILE)]},
        {"type": "markdown", "block_id": "3", "text": HOSTILE},
        {"type": "table", "block_id": "4", "rows": cells},
        {
            "type": "rich_text",
            "block_id": "5",
            "elements": [{"type": "rich_text_section", "elements": parts}],
        },
        {"type": "image", "block_id": "6", "image_url": "javascript:1", "alt_text": HOSTILE},
        {"type": "unheard_of", "block_id": "7", "text": HOSTILE},
    ]
    await fake.say(HOSTILE, ts="1748865000.000100", blocks=blocks, username=HOSTILE)
    await page.get_by_test_id("block-7").wait_for()
    assert await page.locator(".message :is(img, script)").count() == 0
    assert await page.locator(".message a[href^=javascript]").count() == 0
    assert await page.evaluate("window.hurt") is None
