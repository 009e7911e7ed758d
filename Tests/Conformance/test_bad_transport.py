"""What is no TLS connection of this protocol: other bytes, other versions, no ALPN; the server goes on afterwards."""
import os
import socket
import ssl
import unittest

import signalbox_frames as f
from signalbox_messages import METHODS
from world import WORLD


class BadTransport(unittest.TestCase):
    def tearDown(self):
        with WORLD.connect() as connection:
            self.assertEqual(connection.call("Ping", payload=b"still there").message.payload, b"still there")

    def read_to_end(self, stream):
        """All bytes until the server closes; fails when it does not within 10 s."""
        stream.settimeout(10)
        found = b""
        while True:
            try:
                data = stream.recv(65536)
            except (ConnectionError, ssl.SSLError):
                return found
            if not data:
                return found
            found += data

    def plain(self, data):
        with WORLD.server.connect_plain() as stream:
            try:
                stream.sendall(data)
            except ConnectionError:
                pass
            return self.read_to_end(stream)

    def test_garbage_instead_of_tls(self):
        for data in (b"\0" * 64, b"\xff" * 65536, bytes(range(256)), os.urandom(4096)):
            with self.subTest(data[:8].hex()):
                self.assertNotIn(b"SBX1", self.plain(data))

    def test_frames_without_tls(self):
        self.assertNotIn(b"SBX1", self.plain(f.hello() + f.open_(1, b"", method=METHODS["Ping"].number)))

    def test_plain_http(self):
        for request in (b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"):
            self.assertNotIn(b"SBX1", self.plain(request))

    def test_tls_cut_short(self):
        for data in (b"\x16", b"\x16\x03\x01\x00\xc8", b"\x16\x03\x01\x00\xc8\x01\x00\x00\xc4\x03\x03"):
            with WORLD.server.connect_plain() as stream:
                stream.sendall(data)
                stream.shutdown(socket.SHUT_WR)
                self.read_to_end(stream)

    def test_nothing_at_all(self):
        """Row 1: a handshake has 5 s."""
        with WORLD.server.connect_plain() as stream:
            self.assertEqual(self.read_to_end(stream), b"")

    def test_older_tls(self):
        context = WORLD.server.context(version=ssl.TLSVersion.TLSv1_2)
        with WORLD.server.connect_plain() as stream, self.assertRaises((ssl.SSLError, ConnectionError)):
            context.wrap_socket(stream, server_hostname=WORLD.server.host)

    def refused(self, alpn):
        """The server refuses the handshake, or closes after it without a word of the protocol."""
        context = WORLD.server.context(alpn=alpn)
        with WORLD.server.connect_plain() as stream:
            try:
                tls = context.wrap_socket(stream, server_hostname=WORLD.server.host)
            except (ssl.SSLError, ConnectionError):
                return
            with tls:
                try:
                    tls.sendall(f.hello() + f.open_(1, b"", method=METHODS["Ping"].number))
                except (ssl.SSLError, ConnectionError):
                    pass
                self.assertNotIn(b"SBX1", self.read_to_end(tls), f"served with ALPN {alpn}")

    def test_no_alpn(self):
        self.refused(())

    def test_other_alpn(self):
        for alpn in (("h2",), ("http/1.1", "h2"), ("signalbox/2",), ("signalbox",), ("SIGNALBOX/1",), ("signalbox/10",)):
            with self.subTest(alpn):
                self.refused(alpn)

    def test_alpn_among_others(self):
        with WORLD.server.connect(alpn=("h2", "signalbox/2", "signalbox/1")) as tls:
            self.assertEqual(tls.selected_alpn_protocol(), "signalbox/1")

    def test_tls_is_1_3(self):
        with WORLD.server.connect() as tls:
            self.assertEqual(tls.version(), "TLSv1.3")
