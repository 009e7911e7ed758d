"""A connection that says exactly the bytes it is told, right or wrong, and reads frames back."""
import socket
import ssl
import struct
import time

import signalbox_frames as f


class Closed(Exception):
    """The server has closed, where a frame was waited for."""


class RawConnection:
    def __init__(self, server, greet=True, **hello):
        self._tls = server.connect()
        self._data = b""
        if greet:
            self.send(f.hello(**hello))

    def send(self, *parts):
        """Writes the parts as one; a server that has closed in the meantime is found out by reading."""
        try:
            self._tls.sendall(b"".join(parts))
        except (ssl.SSLError, OSError):
            pass

    def frame(self, timeout=10):
        """The next frame that is not the server's HELLO; raises Closed or TimeoutError."""
        while True:
            found = self.any_frame(timeout)
            if found.type != f.HELLO:
                return found

    def any_frame(self, timeout=10):
        deadline = time.monotonic() + timeout
        header = self._take(f.HEADER_BYTES, deadline)
        length, stream, kind, flags = f.HEADER.unpack(header)
        return f.decode(kind, stream, flags, self._take(length, deadline))

    def nothing(self, seconds=0.2):
        """The frame that came although none should, or None."""
        try:
            return self.frame(seconds)
        except TimeoutError:
            return None

    def closed(self, timeout=10):
        """True when the server closes and says nothing before."""
        try:
            return not self.frame(timeout)
        except Closed:
            return True
        except TimeoutError:
            return False

    def end_of(self, stream, timeout=10):
        """Skips to the END or RESET of a stream; every frame before it is dropped."""
        while True:
            frame = self.frame(timeout)
            if frame.stream == stream and frame.type in (f.END, f.RESET):
                return frame
            if frame.type == f.GOAWAY:
                raise Closed(f"GOAWAY code {frame.code} {frame.reason}")

    def abort(self):
        """Closes at once and without a word, by RST."""
        self._tls.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._tls.close()

    def close(self):
        self._tls.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def _take(self, count, deadline):
        while len(self._data) < count:
            self._tls.settimeout(max(0.001, deadline - time.monotonic()))
            try:
                data = self._tls.recv(65536)
            except (ssl.SSLEOFError, ConnectionError) as error:
                raise Closed(repr(error)) from error
            if not data:
                raise Closed("end of the connection")
            self._data += data
        taken, self._data = self._data[:count], self._data[count:]
        return taken
