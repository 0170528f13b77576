"""One received file into a draft: staged, archived, arrived, told in a report."""

import difflib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import sql
from loaders.conform import Arrival, Ask, LoadNumber, add_codes, conform
from loaders.contracts import Changes, ExportFormat, LoadOptions, LoadReport
from loaders.errors import DoesNotAddUp, LoadError
from loaders.formats import BY_NAME
from loaders.ledger_entries import Act, ActLoad, LoadEntry
from loaders.questions import ask
from loaders.reading.encoding import Received
from loaders.reading.layout import Layout
from loaders.reading.staging import (
    Shared,
    day_order,
    first_lines,
    set_context,
    stage,
    stage_archive,
    write_archive,
)
from loaders.saved_formats import with_saved
from store import settings
from store.writer import Draft, Store


@dataclass(frozen=True)
class LoadTarget:
    """Where a file is loaded to: a draft of a store, as which load of which act."""

    store: Store
    draft: Draft
    act: Act
    load_id: int
    is_archived: bool  # not where it is only looked at


@dataclass(frozen=True)
class LoadedFile:
    """A file in a draft: its line of the ledger, and its report."""

    entry: LoadEntry
    report: LoadReport


def load_file(target: LoadTarget, item: Received, options: LoadOptions) -> LoadedFile:
    """Load one received file. Raises LoadError."""
    store, draft, load_id = target.store, target.draft, target.load_id
    try:
        lines = first_lines(item)
        said = options
        options, saved_as = with_saved(store, lines, item.file_name, options)
        staged = stage(draft.con, item, lines, options)
        layout = staged.layout
        add_codes(draft.con, options)
        if target.is_archived:
            _archive(draft, load_id, layout)
        entry = LoadEntry(
            load_id=load_id,
            format=layout.format.name,
            file_name=item.file_name,
            sha256=item.sha256,
            blank=staged.blank,
            date_order=day_order(draft.con, layout.format, options, item.file_name),
            force_name=_force(draft, options.force_name or settings.of(store.folder).force_name),
            encoding=item.encoding,
            delimiter=layout.delimiter,
            columns=layout.columns,
            dropped=layout.dropped,
            notes=[
                *item.warnings,
                *_about_force(draft, options.force_name),
                *_about_as_at(layout.format, options, item.saved_on),
            ],
            options=options,
            saved_format=saved_as,
            said=said if saved_as else None,
        )
        report = _with_gaps_told(draft, store_rows(draft, entry, target.act, ask))
        if report.rows != staged.records:
            raise DoesNotAddUp(
                f"{staged.records:,} rows were counted and {report.rows:,} read: a fault of this "
                "program. Nothing was loaded."
            )
    except LoadError as problem:
        problem.args = (_naming(item.file_name, str(problem)),)
        drop_refused(draft, load_id)
        raise
    finally:
        draft.con.execute("drop view if exists keyed_arrival")
        draft.con.execute("drop view if exists text_row")
        item.room.drop(item.path)
    changes = Changes.model_validate({name: getattr(report, name) for name in Changes.model_fields})
    return LoadedFile(entry.model_copy(update={"changes": changes}), report)


def _archived(draft: Draft, load_id: int) -> Path:
    return draft.path.parent / f"{load_id:06d}.parquet"


def drop_refused(draft: Draft, load_id: int) -> None:
    """Remove what a file that was refused has left in the draft and beside it: its number is the
    next file's.
    """
    sql.run(draft.con, "loading/delete_refused_load", load_id=load_id)
    _archived(draft, load_id).unlink(missing_ok=True)


def _archive(draft: Draft, load_id: int, layout: Layout) -> None:
    """Write `text_row` beside the draft and read it from there from now on: a column is read by
    itself, on every core, and no id is hashed twice.
    """
    path = _archived(draft, load_id)
    write_archive(draft.con, path, layout.persons)
    stage_archive(draft.con, path, layout.format, [])


def store_rows(draft: Draft, load_entry: LoadEntry, act: Act, ask: Ask | None = None) -> LoadReport:
    """Conform the rows of `text_row` and write the load's line; `ask` has the questions to a new
    file.
    """
    kind = BY_NAME[load_entry.format]
    set_context(draft.con, [shared_of(act, load_entry)])
    number = LoadNumber(load_entry.load_id, act.act)
    arrival = conform(draft.con, kind, number, load_entry.options, ask)
    return report_arrival(
        draft, ActLoad(act, load_entry), arrival, load_entry.changes or arrival.changes
    )


def shared_of(act: Act, load_entry: LoadEntry) -> Shared:
    """What every row of a load shares."""
    return Shared(
        load_entry.load_id, act.at.date(), load_entry.force_name, load_entry.date_order or "dmy"
    )


def report_arrival(
    draft: Draft, load: ActLoad, arrival: Arrival, changes: Changes | None
) -> LoadReport:
    """Write the line of a load whose rows have arrived and made `changes`; its report."""
    act, entry = load.act, load.entry
    told = vars(changes or Changes(new=arrival.kept, changed=0, unchanged=0))
    found = {name: value for name, value in vars(arrival).items() if name != "changes"}
    report = LoadReport(
        load_id=entry.load_id,
        snapshot=act.act,
        format=entry.format,
        file_name=entry.file_name,
        sha256=entry.sha256,
        rows=arrival.kept + arrival.set_aside + entry.blank,
        blank=entry.blank,
        columns=entry.columns,
        dropped=entry.dropped,
        encoding=entry.encoding,
        delimiter=entry.delimiter,
        date_order=entry.date_order,
        force_name=entry.force_name,
        notes=entry.notes,
        saved_format=entry.saved_format,
        **found,
        **told,
    )
    remember(draft, entry, act, report)
    return report


def remember(draft: Draft, load_entry: LoadEntry, act: Act, report: LoadReport) -> None:
    """Write the line of a load among the loads of the draft."""
    sql.run(
        draft.con,
        "loading/insert_load",
        load_id=load_entry.load_id,
        act=act.act,
        format=load_entry.format,
        row_table=BY_NAME[load_entry.format].row_table,
        file_name=load_entry.file_name,
        sha256=load_entry.sha256,
        received_at=act.at,
        loaded_by=act.by,
        as_at=report.as_at,
        is_full=load_entry.options.is_full,
        is_invented=load_entry.options.is_invented,
        rows=report.rows,
        kept=report.kept,
        set_aside=report.set_aside,
        blank=report.blank,
        new=report.new,
        changed=report.changed,
        unchanged=report.unchanged,
        report=report.model_dump_json(exclude={"sample"}),
    )


def _force(draft: Draft, name: str) -> str:
    """A force's name as the reference spells it; a name it does not know stays as it is."""
    return str(sql.rows(draft.con, "loading/force_name", name=name)[0]["force_name"])


def _with_gaps_told(draft: Draft, report: LoadReport) -> LoadReport:
    """The report of a load with a word of warning where outcomes have no day, or crimes that are
    closed no outcome.
    """
    if BY_NAME[report.format].row_table != "crime_row":
        return report
    (found,) = sql.rows(draft.con, "loading/outcomes_that_lack")
    words = {
        f"{found['rows']:,} of {found['out_of']:,} outcomes have no day: they count among the "
        "crimes recorded, and in no figure of outcomes given.": found["rows"],
        f"{found['closed']:,} {'crime is' if found['closed'] == 1 else 'crimes are'} closed by "
        "status and without an outcome: counted as open.": found["closed"],
    }
    said = [text for text, count in words.items() if count]
    return report.model_copy(update={"notes": [*report.notes, *said]})


def _about_force(draft: Draft, name: str | None) -> list[str]:
    """A word of warning where the force that was named is none that the reference knows."""
    known = [
        str(row[0])
        for row in draft.con.execute("select distinct force_name from force_label").fetchall()
    ]
    spelled = _force(draft, name) if name else None
    if spelled is None or spelled in known:
        return []
    near = difflib.get_close_matches(spelled, known, n=1, cutoff=0.0)
    return [f"There is no force {spelled!r} in the reference list; the nearest is {near[0]!r}."]


def _about_as_at(
    export_format: ExportFormat, options: LoadOptions, saved_on: date | None
) -> list[str]:
    """A question where nothing since the newest row is news, and the day of the export not said;
    the day of the file is proposed, not believed.
    """
    if not export_format.has_quiet_times or options.as_at:
        return []
    proposed = f" The file was saved on {saved_on:%-d %B %Y}." if saved_on else ""
    return [
        f"On which day was this register exported?{proposed} Say so as the day of the export "
        "(--as-at; on the page under “What the file does not say itself”). Until then days since "
        "the last order are counted to the newest day in the file."
    ]


def _naming(file_name: str, sentence: str) -> str:
    return sentence if file_name in sentence else f"{file_name}: {sentence}"
