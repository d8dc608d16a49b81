"""A model for judges that answers what it is told to, one answer after the other."""

from typing import Any

from signals.handed import CannotAsk


class Answers:
    """Notes what it was asked; an exception among the answers is raised, the last answer stays."""

    def __init__(self, *answers: str | CannotAsk, name: str = "a-model") -> None:
        self.name = name
        self.answers = list(answers)
        self.asked: list[str] = []

    def __call__(self, system: str, user: str, schema: dict[str, Any]) -> str:
        self.asked.append(user)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, CannotAsk):
            raise answer
        return answer
