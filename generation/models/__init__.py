"""Everything a report is made of, as it is stored."""

from generation.models.documents import Document, PassageRow
from generation.models.examples import ExampleCase, ExampleDocument
from generation.models.fills import CachedAnswer, Candidate, Decision, Edit, Fill, GuardAct, Request
from generation.models.proving import Expectation, TestRun, Trial, VerdictRow
from generation.models.reports import Report, ReportDocument, ReportShare
from generation.models.suggestions import Suggestion

__all__ = [
    "CachedAnswer",
    "Candidate",
    "Decision",
    "Document",
    "Edit",
    "ExampleCase",
    "ExampleDocument",
    "Expectation",
    "Fill",
    "GuardAct",
    "PassageRow",
    "Report",
    "ReportDocument",
    "ReportShare",
    "Request",
    "Suggestion",
    "TestRun",
    "Trial",
    "VerdictRow",
]
