#!/usr/bin/python3
"""Runs the conformance tests against a server: run.py --server HOST:PORT --ca FILE --token-file FILE

Options: `--only TEXT` runs the tests whose name contains TEXT, `--quiet` prints failures only. Exit code 0 when all
passed; the last line says how many passed and failed.
"""
import argparse
import sys
import unittest

sys.dont_write_bytecode = True

MODULES = ["test_vectors", "test_calls", "test_bad_input", "test_bad_transport", "test_path", "test_tickets", "test_watch",
           "test_isolation", "test_audit"]


class Result(unittest.TestResult):
    """One line for each test, as soon as it has run."""

    def __init__(self, quiet):
        super().__init__()
        self.quiet, self.passed, self.failed = quiet, 0, 0

    def addSuccess(self, test):
        super().addSuccess(test)
        self.passed += 1
        if not self.quiet:
            print(f"ok      {test.id()}", flush=True)

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        print(f"skipped {test.id()}: {reason}", flush=True)

    def _bad(self, test, error):
        self.failed += 1
        print(f"FAILED  {test.id()}\n{self._exc_info_to_string(error, test)}", flush=True)

    def addFailure(self, test, error):
        super().addFailure(test, error)
        self._bad(test, error)

    def addError(self, test, error):
        super().addError(test, error)
        self._bad(test, error)

    def addSubTest(self, test, subtest, error):
        super().addSubTest(test, subtest, error)
        if error:
            self._bad(subtest, error)


def _cases(suite):
    for item in suite:
        if isinstance(item, unittest.TestSuite):
            yield from _cases(item)
        else:
            yield item


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--server", required=True, metavar="HOST:PORT")
    parser.add_argument("--ca", required=True, metavar="FILE")
    parser.add_argument("--token-file", required=True, metavar="FILE")
    parser.add_argument("--only", default="", metavar="TEXT")
    parser.add_argument("--quiet", action="store_true")
    options = parser.parse_args()

    from world import WORLD
    WORLD.use(options.server, options.ca, options.token_file)
    loaded = unittest.defaultTestLoader.loadTestsFromNames(MODULES)
    suite = unittest.TestSuite(case for case in _cases(loaded) if options.only in case.id())
    result = Result(options.quiet)
    suite.run(result)
    ran = result.passed + result.failed
    if ran == 0:
        print("no test was run")
    print(f"{result.passed} passed, {result.failed} failed")
    return 0 if result.failed == 0 and ran > 0 else 1


if __name__ == "__main__":
    sys.exit(main())
