/** An app in Bolt for JavaScript that has no token yet: it is installed from its own page, with state and cookie. */
import bolt from "@slack/bolt";

const { SLACK_API_URL, SLACK_SIGNING_SECRET } = process.env;
const slack = new URL("..", SLACK_API_URL);
const installations = new Map();

const app = new bolt.App({
  signingSecret: SLACK_SIGNING_SECRET,
  clientId: "1.2",
  clientSecret: "shh",
  stateSecret: "a-state-secret",
  scopes: ["commands", "chat:write"],
  installerOptions: { directInstall: true, authorizationUrl: new URL("oauth/v2/authorize", slack).href },
  installationStore: {
    storeInstallation: async (installation) => void installations.set(installation.team.id, installation),
    fetchInstallation: async ({ teamId }) => installations.get(teamId),
  },
  clientOptions: { slackApiUrl: SLACK_API_URL },
  logLevel: bolt.LogLevel.ERROR,
});

app.command("/tiny", async ({ ack, context }) => {
  const installation = installations.get(context.teamId);
  await ack(`Installed by ${installation.user.id} in ${context.teamId}`);
});

const server = await app.start({ port: 0, host: "127.0.0.1" });
console.log(`listening ${server.address().port}`);
