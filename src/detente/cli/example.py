"""`detente example`: the whole way, from a page to its chronology, on the account that comes with the package."""

from __future__ import annotations

from detente.cli.options import RECORD, RecordOption, open_record

__all__ = ["COMMANDS", "example"]


def example(record: RecordOption = RECORD) -> None:
    """Add the account that comes with the package to the record, and print what it tells.

    It is of China and the Soviet Union, 1949 to 1989.
    """
    from detente.cli.chronology import print_chronology
    from detente.examples import example_page

    with open_record(record, read_only=False) as opened:
        report = opened.add(example_page())
        events = opened.events(document=str(example_page()))
    print_chronology(events)
    print(report)
    print(f"kept in {record}: try `detente show China Vietnam --from 1979`")


COMMANDS = (example,)
