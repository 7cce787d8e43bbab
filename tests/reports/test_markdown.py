"""The little Markdown that authors write becomes blocks; what was filled in never becomes markup."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.errors import InvalidContent
from surveyapp.reports.document import (
    Bullets,
    Callout,
    Heading,
    NoteSpace,
    PageBreak,
    Paragraph,
    Run,
    Table,
    plain,
)
from surveyapp.reports.markdown import blocks, directive, line_of
from surveyapp.reports.wording import escaped


def test_each_kind_of_block_is_read() -> None:
    text = (
        "## Kop\n\nEen **vet** en *schuin* woord\nop twee regels.\n\n> Let op.\n\n1. een\n2. twee\n\n- [ ] kruis aan\n"
    )
    assert blocks(text, {}) == (
        Heading(2, (Run("Kop"),)),
        Paragraph(
            (
                Run("Een "),
                Run("vet", "strong"),
                Run(" en "),
                Run("schuin", "emphasis"),
                Run(" woord"),
                Run(" "),
                Run("op twee regels."),
            )
        ),
        Callout(((Run("Let op."),),)),
        Bullets(((Run("een"),), (Run("twee"),)), "ordered"),
        Bullets(((Run("kruis aan"),),), "ticks"),
    )


def test_a_table_has_a_head_and_rows() -> None:
    (table,) = blocks("| a | b |\n|---|---|\n| c | **d** |\n", {})
    assert table == Table(((Run("a"),), (Run("b"),)), (((Run("c"),), (Run("d", "strong"),)),))


def test_directives_become_room_for_notes_and_new_pages() -> None:
    assert blocks(directive("notes", "3", escaped("Naam, functie")) + directive("new_page"), {}) == (
        NoteSpace("Naam, functie", 3),
        PageBreak(),
    )


def test_a_figure_that_is_not_there_is_said() -> None:
    with pytest.raises(InvalidContent, match="there is no figure 'profile'"):
        blocks(directive("figure", "profile"), {})


def test_text_that_cannot_be_printed_is_said() -> None:
    with pytest.raises(InvalidContent, match="not supported: fence"):
        blocks("```\ncode\n```\n", {})


@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp")), min_size=1, max_size=80))
def test_whatever_was_filled_in_reads_as_it_was_written(text: str) -> None:
    (block,) = blocks(f"Zij schreef {escaped(text)}", {})
    assert isinstance(block, Paragraph)
    assert {run.style for run in block.line} == {"plain"}
    assert plain(block.line) == f"Zij schreef {text}"
    assert line_of(escaped(text)) == text


@given(st.text(st.sampled_from("[]notes 3new_page#->|*\n"), min_size=1, max_size=30))
def test_nobody_can_write_a_directive_or_a_block_into_an_answer(text: str) -> None:
    found = blocks(escaped(text), {})
    assert all(isinstance(block, Paragraph) for block in found)
