"""What an installation hands out: codes, tokens, and tokens that must be renewed."""

from dataclasses import dataclass

from workbench.state.apps import App, Token, TokenKind, TokenState
from workbench.state.clock import Clock
from workbench.state.ids import new_secret

CODE_SECONDS = 600.0
ROTATION_SECONDS = 43_200
ACTIVE_MOST = 2


@dataclass(slots=True, kw_only=True)
class Grant:
    """Somebody's permission, which its app exchanges for tokens, once and soon."""

    code: str
    app: str
    user: str
    scopes: tuple[str, ...]
    user_scopes: tuple[str, ...]
    redirect_uri: str
    issued_at: float
    was_used: bool = False


class Grants:
    """All permissions and tokens of a workspace."""

    def __init__(self, clock: Clock) -> None:
        self.tokens: dict[str, Token] = {}
        self._clock = clock
        self._codes: dict[str, Grant] = {}
        self._refresh: dict[str, str] = {}  # of apps, each good for one renewal

    def permit(
        self,
        app: App,
        user: str,
        *,
        scopes: tuple[str, ...],
        user_scopes: tuple[str, ...],
        redirect_uri: str,
    ) -> Grant:
        """Let an app be installed by this person."""
        grant = Grant(
            code=new_secret(),
            app=app.id,
            user=user,
            scopes=scopes,
            user_scopes=user_scopes,
            redirect_uri=redirect_uri,
            issued_at=self._clock.now(),
        )
        self._codes[grant.code] = grant
        return grant

    def knows(self, code: str) -> bool:
        """Tell whether it was here that a code was given out."""
        return code in self._codes

    def redeem(self, code: str, app: App, redirect_uri: str) -> Grant | str:
        """Return the permission behind a code, or Slack's error."""
        grant = self._codes.get(code)
        if grant is None or grant.app != app.id:
            return "invalid_code"
        if grant.was_used:
            return "code_already_used"
        if self._clock.now() - grant.issued_at > CODE_SECONDS:
            return "invalid_code"
        if redirect_uri and redirect_uri != grant.redirect_uri:
            return "bad_redirect_uri"
        grant.was_used = True
        return grant

    def bot_token(self, app: App, scopes: tuple[str, ...]) -> Token:
        """Return the app's bot token with these scopes; one that rotates is a new one."""
        current = self.newest(app, TokenKind.BOT)
        if current and current.state is TokenState.ACTIVE and not app.rotates_tokens:
            current.scopes = scopes
            return current
        prefix = "xoxe.xoxb-1-" if app.rotates_tokens else "xoxb-"
        token = self._add(prefix, TokenKind.BOT, app, app.bot_user, scopes)
        if app.rotates_tokens:
            token.expires_at = self._clock.now() + ROTATION_SECONDS
            self._retire(app)
        return token

    def user_token(self, app: App, user: str, scopes: tuple[str, ...]) -> Token:
        """Return a token with which the app acts in a person's name."""
        return self._add("xoxp-", TokenKind.USER, app, user, scopes)

    def _add(
        self, prefix: str, kind: TokenKind, app: App, user: str, scopes: tuple[str, ...]
    ) -> Token:
        text = prefix + new_secret()
        token = Token(text=text, kind=kind, app=app.id, user=user, scopes=scopes)
        self.tokens[text] = token
        return token

    def _retire(self, app: App) -> None:
        active = [
            token
            for token in self.tokens.values()
            if token.app == app.id
            and token.kind is TokenKind.BOT
            and token.state is TokenState.ACTIVE
        ]
        for token in active[:-ACTIVE_MOST]:
            token.state = TokenState.REVOKED

    def refresh_token(self, app: App) -> str:
        """Return what renews the app's token, once."""
        text = f"xoxe-1-{new_secret()}"
        self._refresh[text] = app.id
        return text

    def renew(self, text: str, app: App) -> bool:
        """Use up what renews a token; tell whether it was good."""
        return self._refresh.get(text) == app.id and bool(self._refresh.pop(text))

    def newest(self, app: App, kind: TokenKind) -> Token | None:
        """Return the app's newest token of a kind."""
        ours = [each for each in self.tokens.values() if each.app == app.id and each.kind is kind]
        return ours[-1] if ours else None
