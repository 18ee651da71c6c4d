"""Goals of the made-up pairs: small steps with their days, and outcomes in own words."""

from datetime import timedelta

from kith.config.demo import pools
from kith.config.demo.crowd import Ground
from kith.mentoring.models import Goal, GoalScale, GoalStep, Match
from kith.mentoring.rules.scaling import Outcome
from kith.progress.rules import all_domains

DOMAINS = [domain.key for domain in all_domains()]
# Days from today by which an open step is wanted; None where there is no day. A few are over.
WANTED = (4, None, 11, -3, 7, None, 18)
# Which outcome was true at the start and at the review, one goal after the other.
CAME = (
    ("less", "expected"), ("much_less", "expected"), ("less", "more"),
    ("much_less", "less"), ("less", "much_more"), ("less", "less"),
)  # fmt: skip


def make_goals(ground: Ground, matches: list[Match]) -> None:
    """One to three goals of each pair that has met, with their steps and outcomes."""
    goals = [goal for match in matches if match.started_on for goal in _goals(ground, match)]
    Goal.objects.bulk_create(goals, batch_size=5000)
    steps = [step for number, goal in enumerate(goals) for step in _steps(ground, goal, number)]
    GoalStep.objects.bulk_create(steps, batch_size=5000)
    scales = [_scale(ground, goal, number) for number, goal in enumerate(goals) if number % 2]
    GoalScale.objects.bulk_create(scales, batch_size=5000)


def _goals(ground: Ground, match: Match) -> list[Goal]:
    rng = ground.rng
    begun = match.started_on or match.agreed_on
    rows = []
    for domain in rng.sample(DOMAINS, rng.randint(1, 3)):
        reached = match.state == "closed" or rng.random() < 0.3
        due_on = begun + timedelta(days=rng.randint(40, 160))
        rows.append(
            Goal(
                match=match,
                domain=domain,
                title=rng.choice(pools.GOALS[domain]),
                chosen_by=rng.choice(("participant", "participant", "together")),
                due_on=due_on,
                state="reached" if reached else "active",
                ended_on=min(due_on, ground.today) if reached else None,
            )
        )
    return rows


def _steps(ground: Ground, goal: Goal, number: int) -> list[GoalStep]:
    rng = ground.rng
    begun = goal.match.started_on or goal.match.agreed_on
    rows = [
        GoalStep(
            goal=goal,
            match=goal.match,
            text=text,
            who=rng.choice(("participant", "participant", "both", "mentor")),
            done_on=min(begun + timedelta(days=14 * place + 10), ground.today)
            if goal.state == "reached" or place == 0
            else None,
            place=place,
        )
        for place, text in enumerate(rng.sample(pools.STEPS, rng.randint(2, 3)))
    ]
    days = WANTED[number % len(WANTED)]
    for row in rows:
        if row.done_on is None and days is not None:
            row.due_on = ground.today + timedelta(days=days + 7 * (row.place - 1))
    return rows


def _scale(ground: Ground, goal: Goal, number: int) -> GoalScale:
    """Described a week after the goal was set; looked at again where the goal is reached."""
    at_start, at_review = CAME[number // 2 % len(CAME)]
    words = pools.OUTCOMES[number // 2 % len(pools.OUTCOMES)]
    begun = goal.match.started_on or goal.match.agreed_on
    return GoalScale(
        goal=goal,
        match=goal.match,
        at_start=at_start,
        described_on=min(begun + timedelta(days=21), ground.today),
        at_review=at_review if goal.ended_on else "",
        reviewed_on=goal.ended_on,
        **{one.value: said for one, said in zip(Outcome, words, strict=True)},
    )
