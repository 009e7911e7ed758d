"""What all tests share: the server under test and its system admin's token. Set once by run.py."""
import os

from signalbox_client import Connection, Server


class World:
    server: Server = None
    admin_token: str = None

    def use(self, address, ca, token_file):
        host, _, port = address.rpartition(":")
        with open(token_file, encoding="utf-8") as file:
            self.admin_token = file.read().strip()
        self.server = Server(host, int(port), ca)

    def connect(self, token="", **how):
        return Connection(self.server, token, **how)

    def admin(self, tenant=None):
        return self.connect(self.admin_token, tenant=tenant)

    def fresh_name(self, stem):
        """Not used by an earlier run either: the server keeps its data."""
        return f"{stem}-{os.urandom(5).hex()}"


WORLD = World()
