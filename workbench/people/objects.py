"""Opening a Work Object: its app is asked for the details."""

from workbench.people.floor import Floor, Impossible, visible
from workbench.state.changes import EntityOpened
from workbench.state.entities import entities_of
from workbench.state.shapes import Json
from workbench.state.users import User


def open_entity(floor: Floor, user: User, wish: Json) -> None:
    """Click on a Work Object of a message: the one with this id, or the first.

    Raises:
        Impossible: there is none.
    """
    channel = visible(floor.space, user, str(wish["channel"]))
    message = channel.messages.get(str(wish["ts"]), {})
    wanted = wish.get("id")
    for entity, app_id, team in entities_of(message):
        app = floor.workspaces.app(app_id, team)
        if app is not None and wanted in {None, entity["external_ref"]["id"]}:
            about = {
                "channel": channel.id,
                "message_ts": message["ts"],
                "external_ref": entity["external_ref"],
            }
            trigger = floor.space.issue_trigger(app, user.id, channel=channel.id, entity=about)
            opened = EntityOpened(
                channel=channel,
                message=message,
                entity=entity,
                user=user.id,
                app=app.id,
                trigger=trigger.id,
            )
            floor.space.bus.tell(opened)
            return
    refusal = "there is no such Work Object"
    raise Impossible(refusal)
