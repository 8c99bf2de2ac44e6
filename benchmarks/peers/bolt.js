/**
 * Bolt for JavaScript as it comes: @slack/bolt 4.7.2 on Node 20, its own receiver and its own checks.
 * `LISTENERS` says how many listeners there are besides the one for the command.
 */
import bolt from "@slack/bolt";

const { HOST, LISTENERS = "0", PORT, SLACK_API_URL, SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET } = process.env;
const usage = Array.from({ length: 30 }, (_, n) => `\`/case word-${n}\` does one of many things`).join("\n");

const app = new bolt.App({
  token: SLACK_BOT_TOKEN,
  signingSecret: SLACK_SIGNING_SECRET,
  clientOptions: { slackApiUrl: SLACK_API_URL },
  logLevel: bolt.LogLevel.ERROR,
});

for (let n = 0; n < Number(LISTENERS); n += 1) {
  const kinds = ["action", "view", "shortcut"];
  app[kinds[n % kinds.length]](`word-${n}`, async ({ ack }) => ack());
}

app.command("/case", async ({ ack, command }) => (command.text === "help" ? ack(usage) : ack()));

await app.start({ port: Number(PORT), host: HOST });
