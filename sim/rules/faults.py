"""Rules of the user's own: whatever goes wrong in one is told with its file and line, as the user's to mend."""

import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import is_dataclass
from functools import wraps
from importlib import import_module
from importlib.util import find_spec
from inspect import get_annotations
from numbers import Integral, Real
from pathlib import Path
from types import CodeType, FunctionType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import numpy as np
from numpy.typing import NDArray

from sim.core.errors import UserError
from sim.core.text import nearest_word
from sim.people.view import View
from sim.response.standing import Standing
from sim.settings.terms import Grade

OF_SOME_PEOPLE = ("reshuffle",)
"""Decisions that name people instead of answering for everybody."""
ARRAYS = (NDArray, np.ndarray)
"""What NDArray[...] is an alias of depends on the version of numpy."""
LONGEST = 300


def is_own(rule: type) -> bool:
    """Whether a class is the user's and no part of the package."""
    return rule.__module__.partition(".")[0] != "sim"


def guard(rule: type) -> None:
    """Let everything that a user's class decides be checked, and told as the user's where it goes wrong."""
    for name, own in list(vars(rule).items()):
        declared = _of_the_package(rule, name)
        if isinstance(own, FunctionType) and isinstance(declared, FunctionType):
            setattr(rule, name, _guarded(rule, own, declared))
        elif isinstance(own, property) and isinstance(declared, property) and own.fget and declared.fget:
            setattr(rule, name, property(_guarded(rule, own.fget, declared.fget)))


def unanswered(rule: type) -> list[str]:
    """What a class is asked and nobody answers for it."""
    found = [name for name in dir(rule) if isinstance(getattr(rule, name, None), FunctionType)]
    return [name for name in found if "NotImplementedError" in getattr(rule, name).__code__.co_names]


def _of_the_package(rule: type, name: str) -> Any:
    """The method or property of that name that the package asks for; None if it asks for none."""
    bases = (base for base in rule.__mro__[1:] if not is_own(base) and name in vars(base))
    return next((vars(base)[name] for base in bases), None)


def _guarded(rule: type, own: Callable[..., Any], declared: Callable[..., Any]) -> Callable[..., Any]:
    expected = get_annotations(declared).get("return")

    @wraps(own)
    def decide(*arguments: Any, **named: Any) -> Any:
        try:
            answer = own(*arguments, **named)
            if isinstance(answer, Iterator):  # what goes wrong while it is read is the user's, too
                answer = list(answer)
        except UserError:
            raise
        except Exception as error:
            place = _place(error, own.__code__)
            raise UserError(f"{place}: {_who(rule, own, arguments)}: {said(error)}") from error
        people = None if own.__name__ in OF_SOME_PEOPLE else _people(arguments)
        if not _fits(answer, expected, people):
            told = f"returned {_shown(answer)}, must return {_words(expected, people)}"
            raise UserError(f"{_shown_line(own.__code__)}: {_who(rule, own, arguments)}: {told}")
        return answer

    return decide


def import_own(module: str) -> None:
    """Import a module of rules of the user's own.

    Raises:
        UserError: it fails, with the file and line of the module.
    """
    try:
        import_module(module)
    except Exception as error:
        spec = find_spec(module) if not isinstance(error, ModuleNotFoundError) else None
        place = fault_in(error, [spec.origin] if spec and spec.origin else [])
        raise UserError(f"--rules {place or f'{module}: {said(error)}'}") from error


def fault_in(error: BaseException, files: Iterable[str]) -> str:
    """An error that passed through one of the files, with its line there; "" if it passed through none."""
    known = set(files)
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename in known:
            return f"{_relative(frame.filename)}:{frame.lineno}: {said(error)}"
    return ""


def said(error: BaseException) -> str:
    """Kind of an error and what it says, in one line; of a misspelt name, the nearest one."""
    words = " ".join(str(error).partition("For further information")[0].split())[:LONGEST].rstrip()
    close = ""
    if isinstance(error, AttributeError) and error.name:
        close = nearest_word(error.name, dir(error.obj))
    return f"{type(error).__name__}: {words}" + (f"; did you mean {close}?" if close else "")


def _place(error: Exception, code: CodeType) -> str:
    """The last line of the rule's file that ran; the head of the method where the call itself failed."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == code.co_filename]
    return f"{_relative(code.co_filename)}:{lines[-1] if lines else code.co_firstlineno}"


def _shown_line(code: CodeType) -> str:
    return f"{_relative(code.co_filename)}:{code.co_firstlineno}"


def _relative(file: str) -> str:
    """A path as the user would write it: from where they stand, if it is below."""
    try:
        return Path(file).resolve().relative_to(Path.cwd()).as_posix()
    except (ValueError, OSError):
        return file


def place_of(rule: type) -> str:
    """The file of a user's class, and the line where it begins if that can be found."""
    import inspect

    file = getattr(sys.modules.get(rule.__module__), "__file__", None)
    try:
        return f"{_relative(str(file))}:{inspect.getsourcelines(rule)[1]}"
    except (OSError, TypeError):
        return _relative(file) if file else rule.__module__


def _who(rule: type, own: Callable[..., Any], arguments: tuple[Any, ...]) -> str:
    """The method, and the person it was asked about if it is asked about one."""
    asked = arguments[1] if len(arguments) > 1 else None
    key = getattr(asked, "key", None)  # an employee's is (replication, person)
    about = f" of person {key[1]}" if isinstance(key, tuple) else ""
    return f"{rule.__name__}.{own.__name__}{about}"


def _people(arguments: tuple[Any, ...]) -> int | None:
    """How many people an answer about everybody is about; None where it is not about everybody."""
    for one in arguments[1:]:
        if isinstance(one, (View, Standing)):
            return int((one.view if isinstance(one, Standing) else one).staff.size)
    return None


def _is_whole(answer: Any) -> bool:
    return isinstance(answer, Integral) and not isinstance(answer, bool)


def _is_finite(answer: Any) -> bool:
    return isinstance(answer, Real) and not isinstance(answer, bool) and bool(np.isfinite(float(answer)))


PLAIN: dict[Any, tuple[Callable[[Any], bool], str]] = {
    bool: (lambda answer: isinstance(answer, (bool, np.bool_)), "True or False"),
    int: (_is_whole, "a whole number"),
    float: (_is_finite, "a finite number"),
    str: (lambda answer: isinstance(answer, str), "a text"),
    Grade: (
        lambda answer: _is_whole(answer) and Grade.INCOMPETENT <= int(answer) <= Grade.EXCELLENT,
        "a Grade from INCOMPETENT (0) to EXCELLENT (3)",
    ),
}
"""How an answer that is no array is known, and what it is called."""


def _fits(answer: Any, expected: Any, people: int | None) -> bool:
    """Whether an answer is of the type, and if it is about people of the size, that is asked for."""
    if expected in PLAIN:
        return PLAIN[expected][0](answer)
    if get_origin(expected) is Iterator:
        return isinstance(answer, list) and all(_fits(one, get_args(expected)[0], people) for one in answer)
    if expected is float:
        number = isinstance(answer, Real) and not isinstance(answer, bool)
        return number and bool(np.isfinite(float(answer)))
    if get_origin(expected) in ARRAYS:
        return _is_array(answer, _kinds(expected), people)
    if get_origin(expected) in (UnionType, Union):
        return any(_fits(answer, one, people) for one in get_args(expected))
    if get_origin(expected) is tuple:
        parts = get_args(expected)
        if parts[-1] is Ellipsis:
            return isinstance(answer, tuple) and all(_fits(one, parts[0], people) for one in answer)
        same = isinstance(answer, tuple) and len(answer) == len(parts)
        return same and all(_fits(one, part, people) for one, part in zip(answer, parts, strict=True))
    if is_dataclass(expected) or hasattr(expected, "_fields"):
        hints = get_type_hints(expected)
        return isinstance(answer, expected) and all(
            _fits(getattr(answer, name), hints[name], people) for name in hints
        )
    return True


def _is_array(answer: Any, kinds: str, people: int | None) -> bool:
    if not isinstance(answer, np.ndarray) or answer.dtype.kind not in kinds:
        return False
    return (people is None or answer.shape == (people,)) and bool(np.isfinite(answer).all())


def _kinds(expected: Any) -> str:
    """Kinds of numbers that will do where an array of a type is asked for: whole ones do for real ones."""
    kind = get_args(expected)[-1]
    kind = get_args(kind)[0] if get_args(kind) else kind
    if issubclass(kind, np.bool_):
        return "b"
    return "iu" if issubclass(kind, np.integer) else "fiu"


def _words(expected: Any, people: int | None) -> str:
    if expected in PLAIN:
        return PLAIN[expected][1]
    if get_origin(expected) is Iterator:
        return f"any number of {_words(get_args(expected)[0], people)}"
    if expected is Grade:
        return "a Grade from INCOMPETENT (0) to EXCELLENT (3)"
    each = "" if people is None else f", one for each of {people} people"
    if get_origin(expected) in ARRAYS:
        what = {"b": "True or False", "iu": "whole numbers", "fiu": "finite numbers"}[_kinds(expected)]
        return f"an array of {what}{each}"
    if get_origin(expected) is tuple and get_args(expected)[-1] is Ellipsis:
        return f"a tuple of any number of {_words(get_args(expected)[0], people)}"
    if get_origin(expected) is tuple:
        return f"({', '.join(_words(part, people) for part in get_args(expected))})"
    name = getattr(expected, "__name__", str(expected))
    return f"a {name} of arrays{each}" if each else f"a {name}"


def _shown(answer: Any) -> str:
    if isinstance(answer, np.ndarray):
        return f"an array of {answer.dtype} of shape {answer.shape}"
    text = repr(answer)
    return text if len(text) <= 60 else f"{text[:57]}..."
