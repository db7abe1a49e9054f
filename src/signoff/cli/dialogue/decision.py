"""The decision, beside the verdict and its reasons."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC
from functools import partial
from typing import Final

from signoff.cli.dialogue.go_to_item import GoToItem
from signoff.cli.dialogue.place import Place, Step
from signoff.cli.dialogue.talk import Talk
from signoff.cli.dialogue.watch_question import ask_watch
from signoff.cli.dialogue.words import Word
from signoff.domain.deciding import decide, needs_reason, obstacle_to, stale_words
from signoff.domain.history import Change
from signoff.domain.meeting import Decision, Override, Verdict
from signoff.domain.rules import RuleResult, evaluate_rules
from signoff.domain.session import Session
from signoff.domain.spoken_choice import DECISION_KEYS, decision_said
from signoff.domain.verdict import reasons_for, verdict_of
from signoff.domain.when import EXAMPLES, parse_when

SKIP: Final = Word("skip", "ends without another decision")
WHY: Final = Word("why", "says all reasons for the verdict, and how each rule stands")
OVERRIDE: Final = Word("override", "has somebody take a rule upon themselves", ("O",), "RULE")
WATCH: Final = Word("watch", "asks anew who watches the release", ("w",))
_MOST_REASONS: Final = 8


class DecisionQuestion(Place):
    """The decision. It ends the walk, with a decision or without."""

    PROMPT = "Decision?"
    CHOICES = f"{', '.join(DECISION_KEYS)}, skip"
    MEANINGS = (
        f"{', '.join(f'{key} {choice.value}' for key, choice in DECISION_KEYS.items())}. "
        "Enter ends the walk without another decision."
    )

    def __init__(self, talk: Talk) -> None:
        """Make the question.

        Args:
            talk: The dialogue.
        """
        super().__init__(
            talk,
            {
                SKIP: lambda _: self.enter(),
                WHY: lambda _: self._say_all_reasons(),
                OVERRIDE: self._override,
                WATCH: lambda _: ask_watch(talk, anew=True),
            },
        )
        self._back_to = ""

    def ask(self, back_to: str) -> None:
        """Ask for the decision.

        Args:
            back_to: The id of the item to which `back` goes.

        Raises:
            Leave: When somebody leaves, or there are no more lines.
            GoToItem: When somebody wants to go back to an item.
        """
        self._back_to = back_to
        self._say_verdict()
        decision = self.talk.session.decision
        if decision.is_taken:
            self.talk.say(f"Decided: {decision.choice.value} by {decision.by}")
        if since := stale_words(self.talk.session):
            self.talk.say(f"Since then {since}: decide again")
        self.choose()

    def _say_verdict(self) -> None:
        self.talk.say()
        self.talk.say(f"The rules say: {verdict_of(self.talk.session).value}")
        reasons = [reason.text for reason in reasons_for(self.talk.session)]
        self.talk.say_all(f"Because: {text}" for text in reasons[:_MOST_REASONS])
        if len(reasons) > _MOST_REASONS:
            self.talk.say(f"And {len(reasons) - _MOST_REASONS} more reasons; why says them all.")

    def _say_all_reasons(self) -> None:
        self.talk.say_all(f"{reason.verdict.value}: {reason.text}" for reason in reasons_for(self.talk.session))
        for result in evaluate_rules(self.talk.session):
            self.talk.say(f"Rule {result.state.value}: {result.title}: {result.reason}")

    # Deciding.

    def meaning(self, line: str) -> Callable[[], Step] | None:
        """A decision."""
        choice = decision_said(line)
        return None if choice is None else partial(self._decide, choice)

    def _decide(self, choice: Verdict) -> Step:
        session, now = self.talk.session, self.talk.now
        obstacle = obstacle_to(session, choice)
        if obstacle:
            self.talk.say(obstacle)
            return None
        verdict, because, reason, meet_again = verdict_of(session), needs_reason(session, choice), "", None
        if because:
            hint = f"{choice.value} although the rules say {verdict.value}, for whoever reads the report"
            reason = self.talk.ask("Why", hint, "Enter does not decide")
            if not reason:
                return None
        if choice is Verdict.NO_GO:
            reason = self.talk.ask("Why", "for whoever reads the report", "Enter says nothing about it")
            meet_again = self.talk.ask_for("Meet again", EXAMPLES, lambda said: parse_when(said, now))
        by = self.talk.ask("Decided by", "a name", f"Enter means {self.talk.user}") or self.talk.user
        at = self.talk.here.astimezone(UTC).replace(microsecond=0)
        self.talk.edit(decide, Decision(choice, by, at, reason, meet_again=meet_again))
        return ""

    def _override(self, said: str) -> Step:
        result = self._rule_named(said or self.talk.ask("Rule", "words of it", "Enter stays here"))
        if result is None:
            return None
        self.talk.say(f"{result.title}: {result.state.value}, {result.reason}")
        by = self.talk.ask("By", "whose word it is", "Enter leaves it")
        reason = by and self.talk.ask("Reason", "why the rule does not hold the release back", "Enter leaves it")
        if reason:
            self.talk.edit(Session.override, result.rule.id, Override(by, reason))
            self._say_verdict()
        return None

    def _rule_named(self, words: str) -> RuleResult | None:
        if not words:
            return None
        holding = [result for result in evaluate_rules(self.talk.session) if result.state.holds_back]
        found = [r for r in holding if all(word in r.title.casefold() for word in words.casefold().split())]
        if len(found) == 1:
            return found[0]
        self.talk.say(f'{len(found)} of the rules that hold the release back have "{words}" in them: say others of it.')
        return None

    # Moving.

    def enter(self) -> Step:
        """End without another decision."""
        return ""

    def go_to(self, item: str) -> Step:
        """Go back to an item; the decision is asked for again afterwards."""
        raise GoToItem(item)

    def go_back(self) -> Step:
        """Go back to the item that was asked last."""
        raise GoToItem(self._back_to)

    def after(self, changes: tuple[Change, ...]) -> Step:
        """Say what the rules say now."""
        if changes:
            self._say_verdict()
        return None
