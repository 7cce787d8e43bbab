"""Forms as they come in: whole, or refused. What is read by halves would be answered with "saved" and be lost."""

from collections.abc import Callable
from io import BytesIO
from typing import IO, Any, Final, NoReturn, TypeVar
from urllib.parse import parse_qsl

import flask
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.exceptions import BadRequest, HTTPException, RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

_URLENCODED: Final = "application/x-www-form-urlencoded"
_MULTIPART: Final = "multipart/form-data"
_MOST_FIELDS: Final = 10_000
"""More than any questionnaire has on a page; a body of the largest size could hold a million."""

_TAKES_FILES: Final = "takes_files"
_View = TypeVar("_View", bound=Callable[..., Any])

Read = tuple[IO[bytes], MultiDict[str, str], MultiDict[str, FileStorage]]


class Form(FormDataParser):
    """Reads what was posted as UTF-8. Raises BadRequest (400) for what is no form, or only half of one, for bytes that
    are no text and for files, unless the page asks for one; RequestEntityTooLarge (413) for too much of anything.

    A body can be read once: who asks again hears the same.
    """

    def __init__(self, *arguments: Any, **keywords: Any) -> None:  # noqa: ANN401 - as werkzeug has it
        super().__init__(*arguments, **keywords)
        self.silent = False
        self.stream_factory = _no_file
        self._refusal: HTTPException | None = None

    def parse(
        self, stream: IO[bytes], mimetype: str, content_length: int | None, options: dict[str, str] | None = None
    ) -> Read:
        """The stream, the fields and no files."""
        if self._refusal is None:
            try:
                return self._whole(stream, mimetype, content_length, options)
            except HTTPException as refusal:
                self._refusal = refusal
            except ValueError as problem:
                self._refusal = BadRequest(str(problem))
        raise self._refusal

    def _whole(
        self, stream: IO[bytes], mimetype: str, content_length: int | None, options: dict[str, str] | None
    ) -> Read:
        body = stream.read()
        if not body:
            return stream, self.cls(), self.cls()
        text = body.decode()
        if mimetype == _URLENCODED:
            if text.count("&") >= _MOST_FIELDS:
                raise RequestEntityTooLarge
            return stream, self.cls(parse_qsl(text, keep_blank_values=True, errors="strict")), self.cls()
        if mimetype != _MULTIPART:
            raise BadRequest("not a form")
        return super().parse(BytesIO(body), mimetype, content_length, options)


class FormWithFiles(Form):
    """The same for a page that asks for a file, which is kept in memory: no body is larger than that can be."""

    def __init__(self, *arguments: Any, **keywords: Any) -> None:  # noqa: ANN401 - as werkzeug has it
        super().__init__(*arguments, **keywords)
        self.stream_factory = _in_memory

    def _whole(
        self, stream: IO[bytes], mimetype: str, content_length: int | None, options: dict[str, str] | None
    ) -> Read:
        if mimetype != _MULTIPART:
            return super()._whole(stream, mimetype, content_length, options)
        return FormDataParser.parse(self, stream, mimetype, content_length, options)


def takes_files(view: _View) -> _View:
    """Let a view, however it is guarded, get files: put this right below its route."""
    setattr(view, _TAKES_FILES, True)
    return view


def _in_memory(
    total_content_length: int | None,
    content_type: str | None,
    filename: str | None,
    content_length: int | None = None,
) -> BytesIO:
    del total_content_length, content_type, filename, content_length
    return BytesIO()


def _no_file(
    total_content_length: int | None,
    content_type: str | None,
    filename: str | None,
    content_length: int | None = None,
) -> NoReturn:
    """Called when a file begins, to keep it in; this page asks for none."""
    del total_content_length, content_type, filename, content_length
    raise BadRequest("a file")


class Request(flask.Request):
    """A request whose form is read whole or not at all."""

    form_data_parser_class = Form

    @property
    def want_form_data_parsed(self) -> bool:
        """A body without a type as well: it is refused, not passed over."""
        return super().want_form_data_parsed or bool(self.content_length) or "HTTP_TRANSFER_ENCODING" in self.environ

    def make_form_data_parser(self) -> FormDataParser:
        """The one parser of this request."""
        known: FormDataParser | None = self.__dict__.get("one_parser")
        if known is None:
            view = flask.current_app.view_functions.get(self.endpoint or "")
            self.form_data_parser_class = FormWithFiles if getattr(view, _TAKES_FILES, False) else Form
            known = super().make_form_data_parser()
            self.__dict__["one_parser"] = known
        return known
