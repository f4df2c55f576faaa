"""Why a command could not do its work, by what the operator does next. Messages are for clerks."""


class CountyError(Exception):
    """The base; `exit_code` is what the command line returns."""

    exit_code = 1


class Refused(CountyError):
    """The input or the state of the work does not allow it: correct it and try again."""


class Misused(CountyError):
    """The command was given something it cannot take: read its help."""

    exit_code = 2


class Unready(CountyError):
    """The environment is missing something: database, keys, folder, another publisher's lock."""

    exit_code = 3
