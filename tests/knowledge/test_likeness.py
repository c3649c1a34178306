"""Similar questions stand together."""

from knowledge.likeness import groups


def test_wordings_of_one_question_stand_together() -> None:
    questions = [
        "电动车能上楼充电吗",
        "社区食堂几点开门",
        "电动车可以上楼充电吗？",
        "社区食堂几点关门",
        "志愿者有没有补贴",
        "请问社区食堂几点开门？",
    ]

    assert groups(questions) == [[0, 2], [1, 3, 5], [4]]


def test_questions_without_terms_stand_alone() -> None:
    assert groups(["", "？", "电动车"]) == [[0], [1], [2]]
