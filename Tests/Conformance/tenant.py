"""A tenant of a fresh name with two organizations, their people, queues, a rule set and tokens, made by calls."""
from contextlib import ExitStack

from signalbox_messages import pb
from world import WORLD

RULES = """ruleset "conformance" version 1
phase route first {
  rule delta {
    when subject contains "delta"
    then queue "Delta"
  }
  otherwise { queue "ACCESS-ACO" }
}
"""


def ok(answer):
    """The answer's message; an AssertionError with the status where it was refused."""
    if not answer.ok:
        raise AssertionError(f"refused: {str(answer.status).strip()}")
    return answer.message


class Tenant:
    """Open connections as `boss` (tenant admin), `ann` and `bob` (agents of Delta) and `cat` (agent of ACCESS-ACO)."""

    def __init__(self, stem):
        self.name = WORLD.fresh_name(stem)
        self.tokens = {}
        self._open = ExitStack()
        self.system = self._enter(WORLD.admin())
        self.created = ok(self.system.call("CreateTenant", name=self.name, display_name="Conformance"))
        made = ok(self.system.call("CreateToken", name="boss", role=pb.TOKEN_ROLE_TENANT_ADMIN,
                                   metadata={"tenant": self.name}))
        self.tokens["boss"] = made.secret
        self.boss = self.connect("boss")

    def fill(self):
        for name, kind in (("Delta", pb.ORGANIZATION_KIND_RESOURCE_PROVIDER), ("ACO", pb.ORGANIZATION_KIND_AWARDEE)):
            ok(self.boss.call("CreateOrganization", name=name, kind=kind))
        for handle, organization in (("ann", "Delta"), ("bob", "Delta"), ("cat", "ACO")):
            ok(self.boss.call("CreatePerson", handle=handle, organization=organization, email=f"{handle}@example.org"))
            made = ok(self.boss.call("CreateToken", name=f"token-{handle}", role=pb.TOKEN_ROLE_AGENT, person=handle))
            self.tokens[handle] = made.secret
        self.registrations = {
            "Delta": self.queue(name="Delta", kind=pb.QUEUE_KIND_RESOURCE_PROVIDER, organization="Delta",
                                agents=["ann", "bob"], keywords=["delta"]),
            "ACCESS-ACO": self.queue(name="ACCESS-ACO", kind=pb.QUEUE_KIND_AWARDEE, organization="ACO", agents=["cat"],
                                     default_assignee="cat")}
        self.rules = ok(self.boss.call("PutRules", text=RULES))
        self.ann, self.bob, self.cat = (self.connect(who) for who in ("ann", "bob", "cat"))
        return self

    def queue(self, **asked):
        """Registers and approves; returns the number of the registration."""
        registration = ok(self.boss.call("RegisterQueue", **asked)).id
        ok(self.boss.call("ApproveQueueRegistration", registration=registration))
        return registration

    def connect(self, who, **how):
        return self._enter(WORLD.connect(self.tokens[who], **how))

    def ticket(self, connection, subject="the delta is broken", **fields):
        return ok(connection.call("CreateTicket", subject=subject, requester="asker@example.org", **fields))

    def revision(self):
        return ok(self.boss.call("GetTenant")).revision

    def close(self):
        self._open.close()

    def _enter(self, connection):
        return self._open.enter_context(connection)
