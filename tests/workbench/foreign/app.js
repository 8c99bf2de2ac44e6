/**
 * A small app in Bolt for JavaScript. It finds the workbench as any app would: in its environment.
 * With SLACK_APP_TOKEN it uses Socket Mode; otherwise it listens to HTTP on a free port, which it tells.
 */
import { readFile } from "node:fs/promises";

import bolt from "@slack/bolt";

const { SLACK_API_URL, SLACK_APP_TOKEN, SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET } = process.env;
const texts = JSON.parse(await readFile(new URL("texts.json", import.meta.url), "utf8"));

const app = new bolt.App({
  token: SLACK_BOT_TOKEN,
  signingSecret: SLACK_SIGNING_SECRET,
  appToken: SLACK_APP_TOKEN,
  socketMode: Boolean(SLACK_APP_TOKEN),
  clientOptions: { slackApiUrl: SLACK_API_URL },
  logLevel: bolt.LogLevel.ERROR,
});

app.command("/tiny", async ({ ack, body, client, command }) => {
  if (command.text !== "open") return void (await ack(`You said: ${command.text}`));
  await ack();
  await client.views.open({ trigger_id: body.trigger_id, view: texts.form });
});

app.options("fruit", async ({ ack, options }) => {
  const found = texts.fruits.filter((fruit) => fruit.toLowerCase().includes(options.value.toLowerCase()));
  await ack({ options: found.map((fruit) => ({ text: { type: "plain_text", text: fruit }, value: fruit })) });
});

app.view("form", async ({ ack, body, client, view }) => {
  const { title, fruit } = view.state.values;
  if (title.title.value === "no") return void (await ack({ response_action: "errors", errors: { title: "Not that." } }));
  await ack({ response_action: "update", view: texts.thanks });
  const text = `${title.title.value} with ${fruit.fruit.selected_option.value} for <@${body.user.id}>`;
  await client.chat.postMessage({ channel: "CGENERAL", text, blocks: [{ type: "section", text: { type: "mrkdwn", text } }, texts.take] });
});

app.view({ callback_id: "form", type: "view_closed" }, async ({ ack, body, client }) => {
  await ack();
  await client.chat.postMessage({ channel: body.user.id, text: "You closed the form." });
});

app.action("take", async ({ ack, action, body, client, respond }) => {
  await ack();
  await respond(`You took number ${action.value}.`);
  await client.chat.update({ channel: body.channel.id, ts: body.message.ts, text: `<@${body.user.id}> took it` });
});

app.shortcut("open_it", async ({ ack, client, shortcut }) => {
  await ack();
  await client.views.open({ trigger_id: shortcut.trigger_id, view: texts.thanks });
});

app.shortcut("keep_it", async ({ ack, respond, shortcut }) => {
  await ack();
  await respond(`Kept: ${shortcut.message.text}`);
});

app.message("ping", async ({ message, say }) => {
  await say({ text: `pong for <@${message.user}>`, thread_ts: message.ts });
});

app.message("notes", async ({ client, message }) => {
  await client.filesUploadV2({ channel_id: message.channel, filename: "notes.txt", content: "Some notes", initial_comment: "Here they are" });
});

app.event("app_home_opened", async ({ client, event }) => {
  if (event.tab === "home") await client.views.publish({ user_id: event.user, view: texts.home });
});

const server = await app.start({ port: 0, host: "127.0.0.1" });
console.log(`listening ${SLACK_APP_TOKEN ? "" : server.address().port}`);
