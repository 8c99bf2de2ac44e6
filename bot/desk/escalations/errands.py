"""Errands: what a redirect carries out in its submitter's name."""

from dataclasses import replace
from typing import assert_never

from bot.desk import cases, comments, severities
from bot.desk.act import Act
from policy import opening
from policy.cases import Case, CaseRequest
from policy.escalations import AskSeverity, Errand, OpenCase, SayOnCase
from policy.ids import CaseId
from policy.roles import Standing


async def carried_out(act: Act, errand: Errand, case: Case, requester: Standing) -> CaseId | None:
    """Do what the escalation should have been; return the case that was opened for it, if one was."""
    theirs = replace(act, who=requester)
    match errand:
        case SayOnCase(case=of, text=text):
            said_on = case if of == case.id else await act.case(of)
            await comments.added(theirs, said_on, text)
        case AskSeverity(severity=severity, why=why):
            waiting = await act.work.severities.open_of(act.workspace, case.id)
            if waiting is None:
                await severities.filed(theirs, case, severity, why)
        case OpenCase(request=request):
            return await _opened(theirs, request, case)
        case _:
            assert_never(errand)
    return None


async def _opened(act: Act, request: CaseRequest, beside: Case) -> CaseId:
    """Open a case in the channel of the other one, whatever makes one hesitate."""
    account = await act.work.accounts.get(act.workspace, beside.account)
    drawn = opening.opened(request, account, act.who, linked=account, now=act.now)
    case = await act.work.cases.add(replace(drawn, channel=beside.channel))
    await cases.begun(act, case, account)
    return case.id
