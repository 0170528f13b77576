"""One received file into a draft: staged, archived, arrived, told in a report."""

import difflib
from pathlib import Path

import sql
from loaders.conform import Arrival, Ask, add_codes, arrive
from loaders.contracts import Changes, LoadOptions, LoadReport
from loaders.errors import DoesNotAddUp, LoadError
from loaders.formats import BY_NAME
from loaders.formats.saved import with_saved
from loaders.ledger_entries import Act, LoadEntry
from loaders.questions import ask
from loaders.reading.encoding import Received
from loaders.reading.staging import (
    Shared,
    day_order,
    first_lines,
    set_context,
    stage,
    stage_archive,
    write_archive,
)
from store import settings
from store.writer import Draft, Store


def take_in(
    store: Store, draft: Draft, item: Received, numbers: tuple[Act, int, bool], options: LoadOptions
) -> tuple[LoadEntry, LoadReport]:
    """Load one file into `draft`, as the act and load of `numbers`, archived if it is to be kept.

    Raises LoadError.
    """
    act, load_id, is_kept = numbers
    try:
        lines = first_lines(item)
        said = options
        options, saved_as = with_saved(store, lines, item.file_name, options)
        staged = stage(draft.con, item, lines, options)
        layout = staged.layout
        add_codes(draft.con, options)
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
            notes=[*item.warnings, *_about_force(draft, options.force_name)],
            options=options,
            saved_format=saved_as,
            said=said if saved_as else None,
        )
        if is_kept:
            _archive(draft, entry)
        report = store_rows(draft, entry, act, ask)
        if report.rows != staged.records:
            raise DoesNotAddUp(
                f"{staged.records:,} rows were counted and {report.rows:,} read: a fault of this "
                "program. Nothing was loaded."
            )
    except LoadError as problem:
        problem.args = (_naming(item.file_name, str(problem)),)
        _take_back(draft, load_id)
        raise
    finally:
        draft.con.execute("drop view if exists keyed_arrival")
        draft.con.execute("drop view if exists text_row")
        item.room.drop(item.path)
    changes = Changes.model_validate({name: getattr(report, name) for name in Changes.model_fields})
    return entry.model_copy(update={"changes": changes}), report


def _take_back(draft: Draft, load_id: int) -> None:
    """Remove what a refused file left: other files of its act may be loaded still."""
    sql.run(draft.con, "loading/take_back", load_id=load_id)
    _archived(draft, load_id).unlink(missing_ok=True)


def _archived(draft: Draft, load_id: int) -> Path:
    return draft.path.parent / f"{load_id:06d}.parquet"


def drop_refused(draft: Draft, load_id: int) -> None:
    """Remove what a file that was refused has left in the draft and beside it: its number is the
    next file's.
    """
    sql.run(draft.con, "loading/delete_refused_load", load_id=load_id)
    (draft.path.parent / f"{load_id:06d}.parquet").unlink(missing_ok=True)


def _archive(draft: Draft, entry: LoadEntry) -> None:
    """Write `text_row` beside the draft; where ids were hashed it is read from there, for a hash
    takes longer to work out than to read.
    """
    path = _archived(draft, entry.load_id)
    write_archive(draft.con, path, entry.persons)
    if entry.persons:
        stage_archive(draft.con, path, BY_NAME[entry.format], [])


def store_rows(draft: Draft, entry: LoadEntry, act: Act, ask: Ask | None = None) -> LoadReport:
    """Arrive the rows of `text_row` and write the load's line; `ask` has the questions to a new
    file.
    """
    kind = BY_NAME[entry.format]
    set_context(draft.con, [shared_of(act, entry)])
    arrival = arrive(draft.con, kind, (entry.load_id, act.act), entry.options, ask)
    return report_arrival(draft, (act, entry), arrival, entry.changes or arrival.changes)


def shared_of(act: Act, entry: LoadEntry) -> Shared:
    """What every row of a load shares."""
    return Shared(entry.load_id, act.at.date(), entry.force_name, entry.date_order or "dmy")


def report_arrival(
    draft: Draft, load: tuple[Act, LoadEntry], arrival: Arrival, changes: Changes | None
) -> LoadReport:
    """Write the line of a load whose rows have arrived and made `changes`; its report."""
    act, entry = load
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


def remember(draft: Draft, entry: LoadEntry, act: Act, report: LoadReport) -> None:
    """Write the line of a load among the loads of the draft."""
    sql.run(
        draft.con,
        "loading/insert_load",
        load_id=entry.load_id,
        act=act.act,
        format=entry.format,
        row_table=BY_NAME[entry.format].row_table,
        file_name=entry.file_name,
        sha256=entry.sha256,
        received_at=act.at,
        loaded_by=act.by,
        as_at=report.as_at,
        is_full=entry.options.is_full,
        is_invented=entry.options.is_invented,
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


def _naming(file_name: str, sentence: str) -> str:
    return sentence if file_name in sentence else f"{file_name}: {sentence}"
