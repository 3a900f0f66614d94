"""How a command ends: 0 done, 1 failed, 2 wrong input; always with one message and never with a traceback."""

import errno
import inspect
import os
import signal
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import fields, is_dataclass
from functools import wraps
from typing import Any

import typer

from sim.cli.saying import say
from sim.cli.words import check_words
from sim.core.errors import Notice, Stopped, UserError
from sim.core.interruption import heard

FAILED, WRONG_INPUT = 1, 2
ENDING = ("SIGINT", "SIGTERM", "SIGHUP")
"""Signals that end a command."""
INTERRUPTED = "interrupted; nothing unfinished was kept"


def told(command: Callable[..., None]) -> Callable[..., None]:
    """Turn whatever ends `command` early into a message on the error stream and an exit code.

    Where a parameter of the command is a bundle of options, the command line has these options in its place.
    """
    bundled, parameters = _bundles_in(command)

    @wraps(command)
    def run(**options: Any) -> None:
        try:
            check_words(options)
            options = bundled(options)
            with _notices_told():
                command(**options)
        except typer.Exit:
            raise
        except UserError as error:
            end(f"{error}{_where(error)}", WRONG_INPUT)
        except Stopped as stop:
            end(f"stopped: {stop}", FAILED)
        except KeyboardInterrupt:
            end(INTERRUPTED, FAILED)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(FAILED) from None
        except OSError as error:
            if error.errno == errno.ENAMETOOLONG:
                end(_said(error), WRONG_INPUT)
            _end_with_traceback(f"failed: {_said(error)}", error)
        except Exception as error:
            _end_unforeseen(error)

    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return run


def _bundles_in(
    command: Callable[..., None],
) -> tuple[Callable[[dict[str, Any]], dict[str, Any]], list[inspect.Parameter]]:
    """What makes bundles (dataclasses) of single options, and the options of a command one by one."""
    single, bundles = list[inspect.Parameter](), dict[str, Any]()
    for name, parameter in inspect.signature(command).parameters.items():
        if is_dataclass(parameter.annotation):
            bundles[name] = parameter.annotation
            single += inspect.signature(bundles[name]).parameters.values()
        else:
            single.append(parameter)

    def bundled(options: dict[str, Any]) -> dict[str, Any]:
        made = {
            name: kind(**{one.name: options[one.name] for one in fields(kind)})
            for name, kind in bundles.items()
        }
        inside = {one.name for kind in bundles.values() for one in fields(kind)}
        return {name: value for name, value in options.items() if name not in inside} | made

    return bundled, [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in single]


def end_by_signals() -> None:
    """Let SIGTERM and a closed terminal (SIGHUP) end a command as Ctrl-C does, unless they are ignored from outside."""
    for name in ENDING:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler):
            signal.signal(number, _interrupt)


@contextmanager
def interrupted_in_words() -> Iterator[None]:
    """Of a signal that comes before a command has begun, the same is said as of any other.

    Raises:
        SystemExit: with `FAILED`, if one came.
    """
    try:
        yield
    except (KeyboardInterrupt, SystemExit) as left:
        if not heard or getattr(left, "code", "") in (None, 0, FAILED, WRONG_INPUT):  # told already
            raise
        with suppress(OSError):  # the terminal may be closed
            say(INTERRUPTED, err=True)
        raise SystemExit(FAILED) from None


def _interrupt(number: int, _: object) -> None:
    """Interrupt; of the signals that nobody sends by hand, what comes while that is heeded changes nothing.

    Raises:
        KeyboardInterrupt: always.
    """
    heard.append(number)
    for name in ENDING:
        if hasattr(signal, name) and name != "SIGINT":
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    raise KeyboardInterrupt


@contextmanager
def _notices_told() -> Iterator[None]:
    """Print every notice as a line of its own; other warnings as usual."""
    with warnings.catch_warnings():
        usual = warnings.showwarning
        warnings.simplefilter("always", Notice)

        def show(message: Any, category: type[Warning], *place: Any, **more: Any) -> None:
            if issubclass(category, Notice):
                say(f"Note: {message}", err=True)
            else:
                usual(message, category, *place, **more)

        warnings.showwarning = show
        yield


def end(message: str, code: int) -> None:
    """Print and leave.

    Raises:
        typer.Exit: with `code`.
    """
    with suppress(OSError):  # the terminal may be closed
        say(message, err=True)
    raise typer.Exit(code) from None


def _fault_of_rules(error: Exception) -> str:
    """An error that arose in a user's rules, with file and line; "" for any other."""
    from sim.lab.designs.provenance import rule_files
    from sim.rules.faults import fault_in

    return fault_in(error, map(str, rule_files()))


def _where(error: Exception) -> str:
    """What was noted on an error on its way, in brackets: at which point of a sweep it arose."""
    return "".join(f" ({note})" for note in getattr(error, "__notes__", ()))


def _said(error: OSError) -> str:
    return f"{error.filename}: {error.strerror}" if error.filename and error.strerror else str(error)


def _end_unforeseen(error: Exception) -> None:
    """A fault of the user's own rules, a library that is not installed, or a fault of sim."""
    of_rules, where = _fault_of_rules(error), _where(error)
    if of_rules:
        end(f"{of_rules}{where}", WRONG_INPUT)
    name = error.name if isinstance(error, ModuleNotFoundError) and error.name else "sim"
    if name.partition(".")[0] != "sim":
        _end_with_traceback(f"the library {name} is missing; sim doctor says how to get it", error)
    said = f"{type(error).__name__}: {' '.join(str(error).split())[:300]}{where}"
    _end_with_traceback(f"{said} - this is a fault of sim: please report it", error)


def _end_with_traceback(message: str, error: Exception) -> None:
    """As `end`; the environment variable SIM_TRACEBACK=1 lets the traceback through."""
    if heard:  # an import that is interrupted fails with an error of its own
        end(INTERRUPTED, FAILED)
    if os.environ.get("SIM_TRACEBACK") == "1":
        raise error
    end(f"{message} (SIM_TRACEBACK=1 shows where)", FAILED)
