"""Faults as values, and the report on them."""

from kb.fault import Fault, FaultsError, did_you_mean, report


def fault(path: str = "a.md", line: int = 1, column: int = 1, suggestion: str = "") -> Fault:
    return Fault(path, line, column, "some-code", "It is wrong.", suggestion)


def test_a_fault_reads_as_place_code_sentence_and_suggestion() -> None:
    assert str(fault("docs/a.md", 3, 8, "Mend it.")) == "docs/a.md:3:8: some-code: It is wrong. Mend it."


def test_without_a_suggestion_the_line_ends_with_the_sentence() -> None:
    assert str(fault()) == "a.md:1:1: some-code: It is wrong."


def test_a_report_is_sorted_by_path_then_line_then_column_as_numbers() -> None:
    shuffled = [fault("b.md"), fault(line=10), fault(line=9, column=2), fault(line=9, column=10), fault(line=9)]
    places = [line.split(": ")[0] for line in report(shuffled).splitlines()[:-1]]
    assert places == ["a.md:9:1", "a.md:9:2", "a.md:9:10", "a.md:10:1", "b.md:1:1"]


def test_a_report_says_the_same_fault_once_and_counts_it_once() -> None:
    assert report([fault(), fault()]).splitlines() == [str(fault()), "1 fault in the content."]


def test_a_report_counts_its_faults() -> None:
    assert report([fault(), fault(line=2)]).endswith("\n2 faults in the content.")


def test_the_error_carries_all_faults_sorted_and_reads_as_their_report() -> None:
    error = FaultsError([fault(line=2), fault()])
    assert error.faults == (fault(), fault(line=2))
    assert str(error) == report([fault(), fault(line=2)])


def test_the_nearest_word_is_offered() -> None:
    assert did_you_mean("bell", ["ball", "drum", "flute"]) == "Did you mean 'ball'?"


def test_where_no_word_is_near_the_few_that_are_known_are_named_in_order() -> None:
    assert did_you_mean("xyz", ["drum", "ball"]) == "Known are: ball, drum."


def test_where_no_word_is_near_and_many_are_known_nothing_is_said() -> None:
    assert did_you_mean("xyz", [f"word{n}" for n in range(13)]) == ""
    assert did_you_mean("xyz", []) == ""
