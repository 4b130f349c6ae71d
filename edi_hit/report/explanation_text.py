"""An explanation of a decision as lines of text."""

from collections.abc import Iterable, Iterator

from edi_hit.report.explanation import Explanation, LineExplanation, Reason


def explanation_lines(explanation: Explanation) -> Iterator[str]:
    """Yield an explanation as lines of text."""
    yield f"Claim {explanation.claim}: {explanation.summary}"
    for said in (explanation.reason, explanation.former):
        if said:
            yield f"  {said}"
    for line in explanation.lines:
        yield ""
        yield f"Line {line.line}: {line.service}: {line.decided}"
        yield from _line(line)


def _line(line: LineExplanation) -> Iterator[str]:
    until = f"until: {line.until}" if line.until else ""
    source = f"source: {line.road_source}" if line.road else ""
    yield from _labelled("why", _reason_lines(line.reasons))
    yield from _labelled("arithmetic", line.arithmetic)
    yield from _labelled("codes", (line.codes,))
    yield from _labelled("change", (line.change,))
    yield from _labelled("road", (line.road, until, source))
    yield from _labelled("warning", (f"{one.rule}: {one.found}" for one in line.warnings))
    yield from _labelled("not known", (", ".join(one.rule for one in line.assumed),))


def _reason_lines(reasons: Iterable[Reason]) -> Iterator[str]:
    for reason in reasons:
        yield f"{reason.title or reason.rule}: {reason.answer} ({reason.rule})"
        if reason.found:
            yield f"  {reason.found}"
        if reason.earlier is not None:
            billed = reason.earlier
            yield f"  it rests on claim {billed.claim}, line {billed.line}: {billed.code} on {billed.date}"
        if reason.source:
            yield f"  source: {reason.source}"


def _labelled(label: str, texts: Iterable[str]) -> Iterator[str]:
    """Yield the texts that say something, the label before the first."""
    head = f"  {label + ':':<12}"
    for text in texts:
        if text:
            yield f"{head}{text}"
            head = " " * len(head)
